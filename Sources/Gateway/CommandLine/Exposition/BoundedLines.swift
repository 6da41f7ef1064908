public import SystemPackage

/// Lines from a descriptor, read one after the other without holding more than one of them.
public struct BoundedLines: ~Copyable {
    /// One line without its end.
    public enum Line: Sendable, Equatable {
        /// A whole line.
        case whole([UInt8])
        /// A line of more bytes than the limit, which have been thrown away.
        case tooLong
    }

    private let descriptor: FileDescriptor
    private let limit: Int
    private var buffer: [UInt8] = []
    private var searched = 0
    private var isAtEnd = false

    /// Reads from a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: Open for reading; not closed.
    ///   - limit: Bytes of a line, at most.
    public init(_ descriptor: FileDescriptor, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// Reads the next line; blocks until there is one or the input ends.
    ///
    /// - Returns: `nil` after the last one, whose line end may be missing.
    /// - Throws: What the operating system says.
    public mutating func next() throws -> Line? {
        var isTooLong = false
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                searched = 0
                return isTooLong || line.count > limit ? .tooLong : .whole(line)
            }
            if buffer.count > limit {
                isTooLong = true
                buffer.removeAll(keepingCapacity: true)
            }
            searched = buffer.count
            guard !isAtEnd else {
                let rest = buffer
                (buffer, searched) = ([], 0)
                if isTooLong { return .tooLong }
                return rest.isEmpty ? nil : .whole(rest)
            }
            try readMore()
        }
    }

    private mutating func readMore() throws {
        let part = try [UInt8](unsafeUninitializedCapacity: 256 * 1024) { part, count in
            count = try descriptor.read(into: UnsafeMutableRawBufferPointer(part))
        }
        isAtEnd = part.isEmpty
        buffer.append(contentsOf: part)
    }
}
