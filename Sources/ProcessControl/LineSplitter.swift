internal import Glibc

/// Turns the bytes of one stream into lines, in bounded memory.
///
/// A line ends with LF or CR LF. What a line has beyond its limit is dropped and counted until the line ends; no UTF-8
/// character is cut in two.
public struct LineSplitter: Sendable {
    /// The longest line, in bytes.
    public static let defaultLimit = 64 * 1024

    private let stream: OutputLine.Stream
    private let limit: Int
    private var pending: [UInt8] = []
    private var dropped = 0
    /// A CR that may belong to the line end; kept apart so that it never counts against the limit.
    private var hasPendingReturn = false

    /// A splitter for one stream.
    ///
    /// - Parameters:
    ///   - stream: where the bytes come from.
    ///   - limit: the longest line in bytes; at least 1.
    public init(stream: OutputLine.Stream, limit: Int = LineSplitter.defaultLimit) {
        precondition(limit > 0, "a line needs room for at least one byte")
        self.stream = stream
        self.limit = limit
    }

    /// Takes bytes in and hands out the lines that they complete, up to a number.
    ///
    /// Lines beyond that number are counted, and neither copied nor decoded.
    ///
    /// - Parameters:
    ///   - bytes: the next bytes of the stream.
    ///   - allowance: how many lines to hand out at most.
    ///   - deliver: called for each line, in order.
    /// - Returns: how many lines were handed out and how many were not.
    @discardableResult
    public mutating func append(
        _ bytes: UnsafeRawBufferPointer,
        allowance: Int = .max,
        deliver: (OutputLine) -> Void
    ) -> LineCount {
        var rest = bytes
        var count = LineCount()
        while let end = Self.firstLineFeed(in: rest) {
            if count.passed < allowance {
                append(part: UnsafeRawBufferPointer(rebasing: rest[..<end]))
                deliver(takeLine())
                count.passed += 1
            } else {
                forgetLine()
                count.dropped += 1
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
        }
        append(part: rest)
        return count
    }

    /// Hands out the last line if the stream ended without a line end.
    ///
    /// It is handed out whatever the number of lines before it: a program's last word tells most about its end.
    ///
    /// - Parameter deliver: called for the line, if there is one.
    /// - Returns: how many lines were handed out.
    @discardableResult
    public mutating func finish(deliver: (OutputLine) -> Void) -> LineCount {
        flushReturn()
        if pending.isEmpty, dropped == 0 {
            return LineCount()
        }
        deliver(takeLine())
        return LineCount(passed: 1)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func firstLineFeed(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress, let found = memchr(start, Int32(lineFeed), bytes.count) else {
            return nil
        }
        return start.distance(to: UnsafeRawPointer(found))
    }

    private mutating func append(part: UnsafeRawBufferPointer) {
        guard let last = part.last else {
            return
        }
        flushReturn()
        var part = part
        if last == Self.carriageReturn {
            hasPendingReturn = true
            part = UnsafeRawBufferPointer(rebasing: part.dropLast())
        }
        let room = limit - pending.count
        if dropped == 0, part.count <= room {
            pending.append(contentsOf: part)
        } else {
            cut(part, room: dropped == 0 ? room : 0)
        }
    }

    private mutating func flushReturn() {
        guard hasPendingReturn else {
            return
        }
        hasPendingReturn = false
        if dropped == 0, pending.count < limit {
            pending.append(Self.carriageReturn)
        } else {
            dropped += 1
        }
    }

    private mutating func cut(_ part: UnsafeRawBufferPointer, room: Int) {
        let isFirstCut = dropped == 0
        pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: part.prefix(room)))
        dropped += part.count - room
        if isFirstCut, let next = part.dropFirst(room).first {
            dropped += removeIncompleteCharacter(before: next)
        }
    }

    /// Removes the character that the cut has split, if the next byte continues one; returns how many bytes it had.
    private mutating func removeIncompleteCharacter(before next: UInt8) -> Int {
        guard UTF8.isContinuation(next) else {
            return 0
        }
        // A character has at most four bytes, so at most three of them are on this side.
        let tail = pending.suffix(3)
        guard let start = tail.lastIndex(where: { !UTF8.isContinuation($0) }), pending[start] >= 0xC2 else {
            return 0
        }
        let removed = pending.count - start
        pending.removeLast(removed)
        return removed
    }

    private mutating func takeLine() -> OutputLine {
        let line = OutputLine(stream: stream, text: Self.text(of: pending), droppedBytes: dropped)
        forgetLine()
        return line
    }

    private mutating func forgetLine() {
        hasPendingReturn = false
        dropped = 0
        if !pending.isEmpty {
            pending.removeAll(keepingCapacity: pending.capacity <= Self.keptCapacity)
        }
    }

    /// Beyond this, the memory of a long line is given back: a hundred children must not keep 64 KiB each.
    private static let keptCapacity = 4096

    private static func text(of bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? escapedText(of: bytes)
    }

    private static func escapedText(of bytes: [UInt8]) -> String {
        var text = ""
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                text.unicodeScalars.append(Unicode.UTF8.decode(encoded))
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<(position + length)] {
                    text += (byte < 0x10 ? "\\x0" : "\\x") + String(byte, radix: 16)
                }
                position += length
            case .emptyInput:
                return text
            }
        }
    }
}
