/// The labels of a sample as a copy in the order of their names, so that equal sets are equal.
///
/// Texts are compared as bytes: for Unicode, a letter with an accent equals the letter and the accent; for a metric it
/// does not.
struct LabelKey: Hashable {
    /// A name and a value.
    private struct Label: Hashable {
        let name: [UInt8]
        let value: [UInt8]
    }

    /// No labels.
    static let empty = LabelKey(labels: [])

    private var labels: [Label]

    init(_ labels: ExpositionLabels) {
        self.labels = labels.map { Label(name: $0.name.utf8, value: $0.value.utf8) }
        self.labels.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    private init(labels: [Label]) {
        self.labels = labels
    }

    /// Which rule the labels break.
    var problem: ExpositionParseError.Problem? {
        if zip(labels, labels.dropFirst()).contains(where: { $0.name == $1.name }) { return .repeatedLabel }
        return labels.contains { $0.name.starts(with: "__".utf8) } ? .reservedLabel : nil
    }

    /// The Unicode characters of all names and values.
    var characters: Int {
        labels.reduce(0) { $0 + Self.characters(of: $1.name) + Self.characters(of: $1.value) }
    }

    /// The value of a label.
    subscript(name: [UInt8]) -> [UInt8]? {
        labels.first { $0.name == name }?.value
    }

    /// The value of a label as a number.
    func number(_ name: String) -> Double? {
        self[Array(name.utf8)]?.withUnsafeBytes(DecimalNumber.value)
    }

    /// The labels without one of them.
    func removing(_ name: [UInt8]) -> LabelKey {
        LabelKey(labels: labels.filter { $0.name != name })
    }

    private static func characters(of text: [UInt8]) -> Int {
        // All bytes of a character but its first begin with the bits 10.
        text.count { $0 & 0xC0 != 0x80 }
    }
}
