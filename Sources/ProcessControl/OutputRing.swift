internal import Synchronization

/// The last lines of a child, bounded in number and bytes; safe to use from any thread, never blocks for long.
///
/// When it is full, the oldest lines go. A single line larger than the byte limit is kept alone.
public final class OutputRing: Sendable {
    private let lineLimit: Int
    private let byteLimit: Int
    private let state = Mutex(State())

    /// An empty ring.
    ///
    /// - Parameters:
    ///   - lineLimit: the most lines to keep; at least 1.
    ///   - byteLimit: the most bytes of text to keep.
    public init(lineLimit: Int = 1000, byteLimit: Int = 1024 * 1024) {
        precondition(lineLimit > 0, "a ring needs room for at least one line")
        self.lineLimit = lineLimit
        self.byteLimit = byteLimit
    }

    /// Keeps a line, and lets go of the oldest ones that no longer fit.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - time: when it was read, since 1970.
    public func append(_ line: OutputLine, at time: Duration) {
        state.withLock { state in
            state.append(Entry(line: line, time: time))
            while state.count > lineLimit || (state.bytes > byteLimit && state.count > 1) {
                state.removeFirst()
            }
        }
    }

    /// The newest lines, oldest first.
    ///
    /// - Parameter count: how many at most.
    /// - Returns: the lines.
    public func last(_ count: Int) -> [Entry] {
        state.withLock { Array($0.lines[$0.first...].suffix(max(0, count))) }
    }

    /// A line that is kept.
    public struct Entry: Equatable, Sendable {
        /// The line.
        public let line: OutputLine
        /// When it was read, since 1970.
        public let time: Duration
    }

    private struct State {
        /// The lines before `first` are empty; they are cut off when they are the majority.
        var lines: [Entry] = []
        var first = 0
        var bytes = 0

        var count: Int { lines.count - first }

        mutating func append(_ entry: Entry) {
            lines.append(entry)
            bytes += entry.line.text.utf8.count
        }

        mutating func removeFirst() {
            let line = lines[first].line
            bytes -= line.text.utf8.count
            lines[first] = Entry(line: OutputLine(stream: line.stream, text: ""), time: .zero)
            first += 1
            if first > count {
                lines.removeFirst(first)
                first = 0
            }
        }
    }
}
