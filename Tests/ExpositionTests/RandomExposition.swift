import Exposition

/// A random OpenMetrics text that follows all rules, and the entries that it says; the same for the same seed.
struct RandomExposition {
    private(set) var text = ""
    private(set) var entries: [RecordedEntry] = []
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        for index in 0..<number(0...6) { addFamily(index) }
        text += "# EOF" + (chance() ? "\n" : "")
    }

    // MARK: Families

    private mutating func addFamily(_ index: Int) {
        let type = ExpositionType.allCases.randomElement(using: &generator) ?? .gauge
        let unit = type == .info || type == .stateSet || chance() ? "" : "seconds"
        let name = (chance() ? "m" : "m.ü\"\\ ") + "\(index)" + (unit.isEmpty ? "" : "_\(unit)")
        text += "# TYPE \(Self.written(name)) \(type.rawValue)\n"
        entries.append(.type(name, type))
        if !unit.isEmpty {
            text += "# UNIT \(Self.written(name)) \(unit)\n"
            entries.append(.unit(name, unit))
        }
        if chance() {
            let help = anyText()
            text += "# HELP \(Self.written(name)) \(Self.escaped(help))\n"
            entries.append(.help(name, help))
        }
        for metric in 0..<number(0...3) {
            var labels = metric == 0 ? [:] : ["id": "\(metric)"]
            if chance() { labels["é.\"x"] = anyText() }
            addMetric(name, type, labels)
        }
    }

    private mutating func addMetric(_ name: String, _ type: ExpositionType, _ labels: [String: String]) {
        // A point in time, or none for the whole metric.
        let time = chance() ? nil : Double(number(-1000...2_000_000)) + 0.25
        switch type {
        case .counter:
            addSample(name + "_total", labels, positive(), time, canHaveExemplar: true)
            if chance() { addSample(name + "_created", labels, anyNumber(), time) }
        case .gauge, .unknown: addSample(name, labels, anyNumber(), time)
        case .info: addSample(name + "_info", labels.merging(["info": name]) { $1 }, 1, time)
        case .stateSet:
            for state in 0..<number(1...3) {
                addSample(name, labels.merging([name: "s\(state)"]) { $1 }, chance() ? 1 : 0, time)
            }
        case .summary:
            for quantile in ["0", "0.5", "1e0"] where chance() {
                addSample(name, labels.merging(["quantile": quantile]) { $1 }, positive(), time)
            }
            if chance() { addSample(name + "_count", labels, Double(number(0...9)), time) }
        case .histogram: addHistogram(name, "_count", "_sum", labels, time)
        case .gaugeHistogram: addHistogram(name, "_gcount", "_gsum", labels, time)
        }
    }

    private mutating func addHistogram(
        _ name: String, _ countSuffix: String, _ sumSuffix: String, _ labels: [String: String], _ time: Double?
    ) {
        var cumulated = 0.0
        for bound in ["0.1", "1", "2.5e2", "+Inf"] where bound == "+Inf" || chance() {
            cumulated += Double(number(0...5))
            let labels = labels.merging(["le": bound]) { $1 }
            addSample(name + "_bucket", labels, cumulated, time, canHaveExemplar: true)
        }
        guard chance() else { return }
        addSample(name + countSuffix, labels, cumulated, time)
        addSample(name + sumSuffix, labels, positive(), time)
    }

    // MARK: Samples

    private mutating func addSample(
        _ name: String,
        _ labels: [String: String],
        _ value: Double,
        _ time: Double?,
        canHaveExemplar: Bool = false
    ) {
        let isQuoted = Self.written(name) != name
        text += isQuoted ? "{\(Self.written(name))" : name
        let pairs = labels.sorted { $0.key < $1.key }.shuffled(using: &generator)
            .map { "\(Self.written($0.key))=\"\(Self.escaped($0.value))\"" }
        if isQuoted {
            text += pairs.map { ",\($0)" }.joined() + "}"
        } else if !pairs.isEmpty || chance() {
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)"
        if let time { text += " \(time)" }
        var sample = RecordedSample(name: name, labels: labels, value: value, timestamp: time.map { Int64($0 * 1000) })
        if canHaveExemplar, chance() { sample.exemplar = addExemplar() }
        text += "\n"
        entries.append(.sample(sample))
    }

    private mutating func addExemplar() -> RecordedExemplar {
        var exemplar = RecordedExemplar(labels: chance() ? [:] : ["run id": anyText()], value: anyNumber())
        let pairs = exemplar.labels.map { "\(Self.written($0.key))=\"\(Self.escaped($0.value))\"" }
        text += " # {\(pairs.joined(separator: ","))} \(exemplar.value)"
        if chance() {
            text += " 1e3"
            exemplar.timestamp = 1_000_000
        }
        return exemplar
    }

    // MARK: Random parts

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func chance() -> Bool { Bool.random(using: &generator) }

    private mutating func positive() -> Double { Double.random(in: 0...1e9, using: &generator) }

    private mutating func anyNumber() -> Double {
        [0, -0.5, .nan, .infinity, -.infinity, 1e-300, .leastNonzeroMagnitude, 1.7e308, positive()].randomElement(
            using: &generator)
            ?? 0
    }

    private mutating func anyText() -> String {
        let parts = ["", "a", " # {", "\\", "\"", "\n", "ü", "👩‍🔧", "}", ",", "\t", "\\n", "e\u{301}", "\0"]
        return (0..<number(0...6)).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
    }

    /// A name as it is written: in quotes where it must be.
    private static func written(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "_")
        }
        return isPlain ? name : "\"\(escaped(name))\""
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
