/// The labels of one series, in the form in which both exposition formats write them: `a="x",b="y"`.
///
/// Names are sorted and values escaped, so two label sets are equal exactly when they name the same series, whatever
/// the order in which the labels were given. Comparison is by bytes: Swift's `String` equality would merge values that
/// are canonically equivalent, which Prometheus keeps apart.
public struct LabelSet: Sendable, Hashable, Comparable {
    /// The rendered labels without braces; empty for a series without labels.
    let text: [UInt8]

    /// The label set without labels.
    static let empty = LabelSet(pairs: [])

    /// Renders values into a family's precomputed layout.
    init(layout: [(index: Int, prefix: [UInt8])], values: [String]) {
        var text: [UInt8] = []
        for (index, prefix) in layout {
            text.append(contentsOf: prefix)
            Self.append(value: values[index], to: &text)
        }
        self.text = text
    }

    /// Renders pairs given in any order; of two pairs with one name, the one with the greater value stays.
    init(pairs: [(name: String, value: String)]) {
        let sorted = pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        var text: [UInt8] = []
        for (position, pair) in sorted.enumerated() {
            if position + 1 < sorted.count, sorted[position + 1].name == pair.name { continue }
            text.append(contentsOf: Self.opening(of: pair.name, isFirst: text.isEmpty))
            Self.append(value: pair.value, to: &text)
        }
        self.text = text
    }

    /// What stands before a label's value: `name="`, after a comma unless it is the first label.
    static func opening(of name: String, isFirst: Bool) -> [UInt8] {
        Array("\(isFirst ? "" : ",")\(name)=\"".utf8)
    }

    /// The rendered labels with their names under a scheme; the names are legacy ones, which only `dots` changes.
    func text(under escaping: NameEscaping) -> [UInt8] {
        guard escaping == .dots else { return text }
        var result: [UInt8] = []
        var isValue = false
        var isEscaped = false
        for byte in text {
            if !isEscaped, byte == UInt8(ascii: "\"") { isValue.toggle() }
            isEscaped = isValue && !isEscaped && byte == UInt8(ascii: "\\")
            result.append(byte)
            if !isValue, byte == UInt8(ascii: "_") { result.append(byte) }
        }
        return result
    }

    /// Feeds the rendered bytes to the hasher at once.
    public func hash(into hasher: inout Hasher) {
        text.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Orders label sets by label names, then by values.
    public static func < (left: LabelSet, right: LabelSet) -> Bool {
        left.text.withUnsafeBufferPointer { left in
            right.text.withUnsafeBufferPointer { right in
                let length = min(left.count, right.count)
                var index = 0
                while index < length, left[index] == right[index] { index += 1 }
                guard index < length else { return left.count < right.count }
                // The quote that ends a value sorts below every character of a longer value: "a" stands before "a b".
                let quote = UInt8(ascii: "\"")
                if left[index] == quote { return true }
                if right[index] == quote { return false }
                return left[index] < right[index]
            }
        }
    }

    private static func append(value: String, to text: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
            case UInt8(ascii: "\""): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
            case UInt8(ascii: "\n"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
