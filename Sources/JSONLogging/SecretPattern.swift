/// Secrets that nobody has registered, told by what stands around them.
///
/// Known are: passwords in URLs (`scheme://user:PASSWORD@host`), the values of `Authorization` and cookie headers, bearer and
/// basic credentials, values given to a secret's name (`password=…`, `"token":"…"`, see `SecretKey`), and PEM blocks with
/// private keys. Each has a byte that it cannot do without, so that a text without secrets costs one look into a table per
/// byte. A text is seen by itself: of a PEM block that a program prints line by line, the first line is hidden only.
enum SecretPattern {
    /// The bytes at which a pattern may be recognised.
    static let anchors: [UInt8] = [
        UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: " "), UInt8(ascii: "-"),
    ]
    /// How far a name or an authority may reach.
    private static let reach = 1024
    private static let nameReach = 64

    /// Where the secret is that an anchor belongs to, or nil.
    static func secret(at index: Int, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        switch bytes[index] {
        case UInt8(ascii: ":"): urlPassword(index, bytes) ?? headerValue(index, bytes) ?? quotedFieldValue(index, bytes)
        case UInt8(ascii: "="): assignedValue(index, bytes)
        case UInt8(ascii: " "): credentials(index, bytes)
        case UInt8(ascii: "-"): privateKey(index, bytes)
        default: nil
        }
    }

    /// The password of a URL whose `://` begins at an index (RFC 3986, 3.2.1).
    private static func urlPassword(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard index + 3 < bytes.count, bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/")
        else {
            return nil
        }
        let authority = bytes[(index + 3)..<min(bytes.count, index + reach)]
            .prefix { $0 > 0x20 && !"/?#\"'<>\\".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return nonempty((colon + 1)..<at)
    }

    /// The value of an `Authorization` or cookie header: all up to the end of its line, list or string.
    private static func headerValue(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        let name = self.name(before: index, bytes)
        guard name.count >= 6, endsWord(name, "authorization") || endsWord(name, "cookie") else { return nil }
        let start = skip(" \t[\"'\\", from: index + 1, bytes)
        let value = bytes[start...].prefix { !"\r\n\"'\\]}".utf8.contains($0) }
        return nonempty(start..<value.endIndex)
    }

    /// The value of a field in quotes, `"password": "…"`, also where the quotes are escaped.
    private static func quotedFieldValue(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard index > 1, bytes[index - 1] == UInt8(ascii: "\"") else { return nil }
        let end = bytes[index - 2] == UInt8(ascii: "\\") ? index - 2 : index - 1
        guard SecretKey.matches(name(before: end, bytes)) else { return nil }
        return value(from: skip(" ", from: index + 1, bytes), bytes)
    }

    /// The value of `name=value`.
    private static func assignedValue(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard SecretKey.matches(name(before: index, bytes)) else { return nil }
        return value(from: index + 1, bytes)
    }

    /// What follows `Bearer` or `Basic` (RFC 6750, 7617) and does not look like a word.
    private static func credentials(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard index >= 5, let last = bytes[..<index].last,
            last | 0x20 == UInt8(ascii: "r") || last | 0x20 == UInt8(ascii: "c")
        else { return nil }
        let name = self.name(before: index, bytes)
        guard endsWord(name, "bearer") || endsWord(name, "basic") else { return nil }
        let token = bytes[(index + 1)...].prefix { isNameByte($0) || "~+/=".utf8.contains($0) }
        let looksRandom = token.count >= 6 && token.contains { (0x30...0x39).contains($0) }
        return looksRandom || token.count >= 16 ? token.startIndex..<token.endIndex : nil
    }

    /// A PEM block (RFC 7468) with a private key, to its end or that of the text.
    private static func privateKey(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard starts("-----BEGIN ", at: index, bytes) else { return nil }
        let label = bytes[(index + 11)..<min(bytes.count, index + 11 + nameReach)]
        guard let kind = label.indices.first(where: { starts("PRIVATE KEY-----", at: $0, bytes) }) else { return nil }
        let body = kind + 16
        guard let end = (body..<bytes.count).first(where: { starts("-----END ", at: $0, bytes) }) else {
            return index..<bytes.count
        }
        let tail = end + 9
        let close = (tail..<min(bytes.count, tail + nameReach)).first { starts("-----", at: $0, bytes) }
        return index..<(close.map { $0 + 5 } ?? bytes.count)
    }

    /// A value that begins at an index: in quotes up to their end, or else a word.
    private static func value(from start: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        let begin = skip("\\", from: start, bytes)
        guard begin < bytes.count else { return nil }
        let quote = bytes[begin]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let word = bytes[start...].prefix { $0 > 0x20 && !"&;,\"')]}".utf8.contains($0) }
            return nonempty(start..<word.endIndex)
        }
        let isEscaped = begin > start
        var end = begin + 1
        while end < bytes.count, bytes[end] != quote {
            // In an escaped text, the backslash belongs to the quote that ends the value.
            if bytes[end] == UInt8(ascii: "\\"), isEscaped { break }
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nonempty((begin + 1)..<min(end, bytes.count))
    }

    /// The name that ends before an index.
    private static func name(before index: Int, _ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        var start = index
        while start > 0, index - start < nameReach, isNameByte(bytes[start - 1]) { start -= 1 }
        return bytes[start..<index]
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func endsWord(_ name: Slice<UnsafeRawBufferPointer>, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            name.count >= word.count && zip(name.suffix(word.count), word).allSatisfy { $0 | 0x20 == $1 }
        }
    }

    private static func starts(_ text: StaticString, at index: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        text.withUTF8Buffer { text in
            index + text.count <= bytes.count && text.indices.allSatisfy { bytes[index + $0] == text[$0] }
        }
    }

    private static func skip(_ characters: String, from index: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        var index = index
        while index < bytes.count, characters.utf8.contains(bytes[index]) { index += 1 }
        return index
    }

    private static func nonempty(_ range: Range<Int>) -> Range<Int>? { range.isEmpty ? nil : range }
}
