/// What went wrong in a stand-in, in the words of the program that it stands in for.
public struct StandinError: Error, Equatable, CustomStringConvertible {
    /// The words, without a trailing full stop, as Go programs write errors.
    public let message: String
    /// The errno behind it, where a system call failed.
    public let errno: CInt?

    /// Makes an error of its words.
    ///
    /// - Parameters:
    ///   - message: what failed, on what
    ///   - errno: the errno behind it, where a system call failed
    public init(_ message: String, errno: CInt? = nil) {
        self.message = message
        self.errno = errno
    }

    /// The words.
    public var description: String { message }
}
