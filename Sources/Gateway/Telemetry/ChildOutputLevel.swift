import Logging

/// The words with which programs say how severe a line is.
enum ChildOutputLevel {
    /// The fields that hold it, the likeliest first.
    static let fieldNames = ["level", "severity", "lvl"]

    /// The level that a word stands for, in any case; nil for an unknown word.
    ///
    /// Source of the words: zap, zerolog, logrus, slog, Benthos, syslog.
    static func level(of word: String) -> Logger.Level? {
        switch word.lowercased() {
        case "trace": .trace
        case "debug": .debug
        case "info", "information": .info
        case "notice": .notice
        case "warn", "warning": .warning
        case "error", "err": .error
        case "fatal", "panic", "dpanic", "critical", "crit", "alert", "emerg", "emergency": .critical
        default: nil
        }
    }

    /// The level with which a line of Redpanda begins: `WARN  2026-11-20 23:41:36,123 [shard 0:main] ...`.
    static func prefix(of line: String) -> Logger.Level? {
        let head = line.utf8.prefix(Self.longestWord + 1)
        guard let first = head.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
            let end = head.firstIndex(of: UInt8(ascii: " "))
        else { return nil }
        let date = line.utf8[end...].drop { $0 == UInt8(ascii: " ") }.prefix(5)
        let isDate = date.count == 5 && date.last == UInt8(ascii: "-") && date.dropLast().allSatisfy(Self.isDigit)
        let word = String(line[..<end])
        return isDate && word == word.uppercased() ? level(of: word) : nil
    }

    private static let longestWord = 5

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
