public import SystemPackage

/// Why lines could not be brought to a rotating file.
public struct RotatingFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file or directory.
    public let path: FilePath
    /// The system's reason.
    public let errno: Errno
    /// How many lines were not written; what is in the file is whole lines.
    public let lostLines: Int

    /// What failed, on what, and what to do next.
    public var description: String {
        "cannot write \(path): \(errno); make room, or make it writable for this user"
    }
}
