import JSONLogging
import ProcessControl

/// A line of an output file: `2026-11-21T02:05:30.123Z stdout TEXT`.
enum ChildOutputRecord {
    /// The bytes of a line with its line feed.
    ///
    /// Control characters other than tab are escaped as `\xNN`, so that a record is always one line and no child can steer
    /// the terminal of its reader. What is missing from a line that was cut is said at its end.
    static func encode(_ line: OutputLine, at time: WallTime) -> [UInt8] {
        var text = line.text
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 64)
        time.appendRFC3339(to: &bytes)
        bytes.append(contentsOf: " \(line.stream.rawValue) ".utf8)
        text.withUTF8 { append($0, to: &bytes) }
        if line.isTruncated { bytes.append(contentsOf: " [\(line.droppedBytes) bytes dropped]".utf8) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        if !text.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) {
            bytes.append(contentsOf: text)
            return
        }
        for (index, byte) in text.enumerated() {
            let isControl = byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F
            // U+0080 to U+009F are control characters, too; in UTF-8 they are C2 and the character's own number.
            let isHighControl =
                byte == 0xC2 && text[index + 1] < 0xA0 || index > 0 && text[index - 1] == 0xC2 && byte < 0xA0
            if isControl || isHighControl {
                bytes.append(contentsOf: (byte < 0x10 ? "\\x0" : "\\x").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            } else {
                bytes.append(byte)
            }
        }
    }
}
