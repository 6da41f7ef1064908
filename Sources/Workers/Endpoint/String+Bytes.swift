extension String {
    /// The text up to a number of UTF-8 bytes, cut between two Unicode scalars.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// Whether the bytes of a word stand in the text; much cheaper than comparing characters.
    func contains(bytesOf word: StaticString) -> Bool {
        guard utf8.count >= word.utf8CodeUnitCount else { return false }
        var text = self
        return text.withUTF8 { text in
            word.withUTF8Buffer { word in
                let starts = 0...text.count - word.count
                return starts.contains { text[$0] == word[0] && text[$0..<$0 + word.count].elementsEqual(word) }
            }
        }
    }

    /// What follows the bytes of a word, letters of either case; `nil` where the text does not start with it.
    func text(after word: StaticString) -> String? {
        let isStart = word.withUTF8Buffer { word in
            utf8.lazy.map { $0 | 0x20 }.starts(with: word.lazy.map { $0 | 0x20 })
        }
        return isStart ? String(decoding: utf8.dropFirst(word.utf8CodeUnitCount), as: UTF8.self) : nil
    }
}
