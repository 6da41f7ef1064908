import FoundationEssentials
import Supervision

/// Turns documents into JSON and back.
///
/// Keys are sorted, so that equal documents are equal bytes and an unchanged document is recognised by comparing them.
/// Numbers that JSON does not know are written as text instead of failing the document.
struct DocumentCoder {
    private static let infinity = "Infinity"
    private static let negativeInfinity = "-Infinity"
    private static let notANumber = "NaN"

    /// Returns the JSON of a document.
    ///
    /// - Throws: `unencodableDocument`, which names it.
    static func encode(_ document: Document) throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinity,
            negativeInfinity: negativeInfinity,
            nan: notANumber
        )
        do {
            return Array(try encoder.encode(document.content))
        } catch {
            throw StoreError(
                .unencodableDocument,
                "\(document.id) cannot be written as JSON; the earlier one stays",
                cause: .finding(String(describing: error))
            )
        }
    }

    /// Reads a document as a type.
    ///
    /// - Throws: `undecodableDocument`, which names it.
    static func decode<Content: Decodable>(
        _ type: Content.Type,
        from body: [UInt8],
        of id: DocumentID
    ) throws(StoreError) -> Content {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinity,
            negativeInfinity: negativeInfinity,
            nan: notANumber
        )
        do {
            return try decoder.decode(type, from: Data(body))
        } catch {
            throw StoreError(
                .undecodableDocument,
                "\(id) cannot be read as \(type); it was written by another release, or for another type",
                cause: .finding(String(describing: error))
            )
        }
    }
}
