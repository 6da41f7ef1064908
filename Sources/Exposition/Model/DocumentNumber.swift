/// A number in a document: a JSON number, or a string where JSON has none, as `"NaN"` and `"+Inf"`.
struct DocumentNumber: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {  // Not a number: it may be a string.
            value = number
            return
        }
        let text = try container.decode(String.self)
        guard let number = DecimalNumber.value(ofText: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is not a number")
        }
        value = number
    }
}
