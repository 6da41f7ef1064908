/// A file of the repository that is part of the binary.
public struct EmbeddedFile: Sendable {
    /// The file's name, without its folder.
    public let name: String

    /// Where the bytes stand; unsafe in name only, as they are read-only and stay as long as the process.
    private nonisolated(unsafe) let buffer: UnsafeBufferPointer<UInt8>

    /// Describes a file.
    ///
    /// - Parameters:
    ///   - name: The file's name, without its folder.
    ///   - buffer: What is in it: memory that nobody writes to or frees.
    init(name: String, buffer: UnsafeBufferPointer<UInt8>) {
        self.name = name
        self.buffer = buffer
    }

    /// What is in the file; a copy is made each time.
    public var bytes: [UInt8] { Array(buffer) }

    /// What is in the file as text; a copy is made each time.
    public var text: String { String(decoding: buffer, as: UTF8.self) }
}
