/// A number in a document: a JSON number, or a string where JSON has none, as `"NaN"` and `"+Inf"`.
struct DocumentNumber: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {  // Not a number: it may be a string.
            value = number
            return
        }
        // Neither a number nor a string, or one that means no number: the message is the same.
        guard let number = (try? container.decode(String.self)).flatMap(DecimalNumber.value(ofText:)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a number that a Double holds, or a string with one")
        }
        value = number
    }
}
