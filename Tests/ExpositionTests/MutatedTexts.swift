/// Texts in which something random has been changed, the same for the same seed.
struct MutatedTexts {
    private static let bytes = Array("\0\n\t \"\\#{}=,.eE+-0129azN\u{7F}".utf8) + [0x80, 0xC3, 0xE2, 0xF0, 0xFF]

    private let texts: [[UInt8]]
    // Whole lines of all texts, which make mistakes that single bytes hardly make.
    private let lines: [[UInt8]]
    private var generator: SeededGenerator

    init(_ texts: [[UInt8]], seed: UInt64) {
        self.texts = texts
        lines = texts.flatMap { $0.split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] } }
        generator = SeededGenerator(seed: seed)
    }

    /// One of the texts, changed.
    mutating func next() -> [UInt8] {
        var text = texts.randomElement(using: &generator) ?? []
        for _ in 0...Int.random(in: 0...4, using: &generator) {
            if Bool.random(using: &generator) { changeBytes(&text) } else { changeLines(&text) }
        }
        return text
    }

    private mutating func changeBytes(_ text: inout [UInt8]) {
        let start = Int.random(in: 0...text.count, using: &generator)
        let end = Int.random(in: start...min(text.count, start + 8), using: &generator)
        let count = Int.random(in: 0...3, using: &generator)
        let new = (0..<count).map { _ in Self.bytes.randomElement(using: &generator) ?? 0 }
        text.replaceSubrange(start..<end, with: new)
    }

    private mutating func changeLines(_ text: inout [UInt8]) {
        var own = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let index = Int.random(in: 0..<own.count, using: &generator)
        let other = lines.randomElement(using: &generator).map { Array($0.dropLast()) } ?? []
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: own.remove(at: index)
        case 1: own.insert(own[index], at: Int.random(in: 0...own.count, using: &generator))
        case 2: own.swapAt(index, Int.random(in: 0..<own.count, using: &generator))
        default: own.insert(other, at: index)
        }
        text = Array(own.joined(separator: [UInt8(ascii: "\n")]))
    }
}
