/// The labels of one sample: a view into the parsed bytes, valid only while a visitor is called.
///
/// Each iteration reads the bytes anew and allocates nothing. A name that the text repeats comes repeatedly.
public struct ExpositionLabels: Sequence {
    /// The name and the value of one label.
    public typealias Element = (name: ExpositionText, value: ExpositionText)

    // What stands between the braces, found correct by the parser.
    private let bytes: UnsafeRawBufferPointer

    init(validated bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The value of the first label with a name.
    ///
    /// - Parameter name: The label's name.
    /// - Returns: The value, or `nil` where there is no such label.
    public subscript(name: StaticString) -> ExpositionText? {
        first { $0.name == name }?.value
    }

    /// Starts reading at the first label.
    public func makeIterator() -> Iterator {
        Iterator(scanner: ByteScanner(bytes))
    }

    /// Reads label after label.
    public struct Iterator: IteratorProtocol {
        var scanner: ByteScanner

        /// Reads one label; `nil` after the last one.
        public mutating func next() -> Element? {
            while true {
                scanner.skip { ByteScanner.isBlank($0) || $0 == UInt8(ascii: ",") }
                guard let name = scanner.labelName() else { return nil }
                scanner.skip(while: ByteScanner.isBlank)
                // A name without a value is that of the metric, which may stand among the labels.
                guard scanner.take(UInt8(ascii: "=")) else { continue }
                scanner.skip(while: ByteScanner.isBlank)
                guard let value = scanner.quotedText() else { return nil }
                return (name, value)
            }
        }
    }
}
