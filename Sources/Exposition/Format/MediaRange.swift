/// One member of an `Accept` header: which media types it means, and how much they are wanted.
///
/// Source: RFC 9110, sections 5.6 (syntax) and 12.5.1 (meaning).
struct MediaRange: Equatable {
    /// The type in lower case, or `*`.
    var type: String
    /// The subtype in lower case, or `*`.
    var subtype: String
    /// The parameters before the weight; names in lower case, the first of a name counts.
    var parameters: [String: String] = [:]
    /// The weight from 0, which excludes, to 1.
    var quality = 1.0

    /// The members of a header in its order; one that breaks the syntax is left out.
    static func list(_ header: String) -> [MediaRange] {
        split(Array(header.utf8), at: UInt8(ascii: ",")).compactMap(MediaRange.init)
    }

    private init?(_ member: ArraySlice<UInt8>) {
        let parts = Self.split(member, at: UInt8(ascii: ";")).map(Self.trimmed)
        let names = parts[0].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy(Self.isToken) else { return nil }
        type = Self.lowercased(names[0])
        subtype = Self.lowercased(names[1])
        guard type != "*" || subtype == "*" else { return nil }
        for part in parts.dropFirst() where !part.isEmpty {
            guard let (name, value) = Self.parameter(part) else { return nil }
            if name == "q" {
                guard let quality = Self.quality(value) else { return nil }
                self.quality = quality
                // What follows the weight belongs to extensions that no specification uses any more.
                return
            }
            parameters[name] = parameters[name] ?? value
        }
    }

    /// `name=value`, the value as a token or in quotes.
    private static func parameter(_ part: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let equals = part.firstIndex(of: UInt8(ascii: "=")), isToken(part[..<equals]) else { return nil }
        let value = part[(equals + 1)...]
        guard value.first == UInt8(ascii: "\"") else {
            return isToken(value) ? (lowercased(part[..<equals]), String(decoding: value, as: UTF8.self)) : nil
        }
        return unquoted(value).map { (lowercased(part[..<equals]), $0) }
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> String? {
        var text: [UInt8] = []
        var rest = value.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return rest.isEmpty ? String(decoding: text, as: UTF8.self) : nil
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// A decimal number from 0 to 1; more digits than the three of the specification do no harm.
    private static func quality(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }), text.utf8.first.map(isDigit) == true,
            let quality = Double(text), quality <= 1
        else { return nil }
        return quality
    }

    /// The parts between separators that stand outside quotes.
    private static func split(_ bytes: some Collection<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
        var isQuoted = false
        var isEscaped = false
        return Array(bytes).split(omittingEmptySubsequences: false) { byte in
            if isEscaped {
                isEscaped = false
                return false
            }
            isEscaped = isQuoted && byte == UInt8(ascii: "\\")
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == separator && !isQuoted
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return [] }
        return bytes[...last].drop(while: isBlank)
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }

    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && !delimiters.contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
    }

    private static let delimiters = Array("\"(),/:;<=>?@[\\]{}".utf8)
}
