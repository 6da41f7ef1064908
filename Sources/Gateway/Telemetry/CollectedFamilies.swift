import Exposition

/// Families without series of their own: at each scrape, a table says what they are told of what is known then.
struct CollectedFamilies<Known>: Sendable {
    /// A row of the table: one figure of what is known.
    ///
    /// Rows that differ in the value of their label alone are one family.
    struct Figure: Sendable {
        fileprivate enum Kind {
            case counter
            case gauge
        }

        fileprivate let kind: Kind
        fileprivate let name: String
        fileprivate let help: String
        fileprivate let unit: String?
        fileprivate let label: (name: String, value: String)?
        fileprivate let value: @Sendable (Known) -> Double?

        /// A value that rises and falls.
        ///
        /// - Parameters:
        ///   - name: the full name.
        ///   - help: one sentence for operators.
        ///   - unit: the base unit that the name ends in.
        ///   - value: reads the figure; nil where it is not known, which leaves the sample out.
        /// - Returns: the row.
        static func gauge<Value: SampleValue>(
            _ name: String,
            _ help: String,
            unit: String? = nil,
            value: @escaping @Sendable (Known) -> Value?
        ) -> Figure {
            Figure(kind: .gauge, name: name, help: help, unit: unit, label: nil) { value($0)?.sample }
        }

        /// A value that only rises.
        ///
        /// - Parameters:
        ///   - name: the full name, ending in `_total`.
        ///   - help: one sentence for operators.
        ///   - unit: the base unit that the name ends in before `_total`.
        ///   - label: a label of this figure, after those of all.
        ///   - value: reads the figure; nil where it is not known, which leaves the sample out.
        /// - Returns: the row.
        static func counter<Value: SampleValue>(
            _ name: String,
            _ help: String,
            unit: String? = nil,
            label: (name: String, value: String)? = nil,
            value: @escaping @Sendable (Known) -> Value?
        ) -> Figure {
            Figure(kind: .counter, name: name, help: help, unit: unit, label: label) { value($0)?.sample }
        }
    }

    private typealias Emitter = @Sendable (inout CollectedSamples, Known, [String]) -> Void

    private let emitters: [Emitter]

    /// Registers the families.
    ///
    /// - Parameters:
    ///   - registry: takes them.
    ///   - labels: the names of the labels that all of them have.
    ///   - figures: the table.
    /// - Throws: a name or label that breaks the rules: a mistake in the program.
    init(_ registry: MetricRegistry, labels: [String] = [], _ figures: [Figure]) throws(ExpositionError) {
        var emitters: [Emitter] = []
        for figure in figures {
            let labels = labels + [figure.label?.name].compactMap(\.self)
            let (name, help, unit) = (figure.name, figure.help, figure.unit)
            switch figure.kind {
            case .counter:
                let family = try registry.counter(name, help: help, unit: unit, labels: labels)
                emitters.append(Self.emitter(of: figure, to: family))
            case .gauge:
                let family = try registry.gauge(name, help: help, unit: unit, labels: labels)
                emitters.append(Self.emitter(of: figure, to: family))
            }
        }
        self.emitters = emitters
    }

    /// Adds what is known to a scrape.
    ///
    /// - Parameters:
    ///   - samples: the scrape.
    ///   - known: what the figures are read from.
    ///   - labels: the values of the labels that all families have.
    func collect(_ samples: inout CollectedSamples, _ known: Known, _ labels: String...) {
        for emit in emitters { emit(&samples, known, labels) }
    }

    private static func emitter(of figure: Figure, to family: MetricFamily<some NumberSeries>) -> Emitter {
        let own = [figure.label?.value].compactMap(\.self)
        return { samples, known, labels in
            guard let value = figure.value(known) else { return }
            samples.emit(value, to: family, labels: labels + own)
        }
    }
}

/// What a figure may be.
protocol SampleValue: Sendable {
    /// The number in the exposition.
    var sample: Double { get }
}

extension Double: SampleValue {
    var sample: Double { self }
}

extension SampleValue where Self: BinaryInteger {
    var sample: Double { Double(self) }
}

extension Int: SampleValue {}

extension UInt64: SampleValue {}

extension Bool: SampleValue {
    /// 1 for true, 0 for false.
    var sample: Double { self ? 1 : 0 }
}

extension Duration: SampleValue {
    /// Seconds.
    var sample: Double { self / .seconds(1) }
}
