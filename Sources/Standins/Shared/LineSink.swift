import Glibc
import Synchronization

/// Writes whole lines to a descriptor, one `write` each, so that lines of several threads never mix.
public final class LineSink: Sendable {
    /// The process' standard output.
    public static let standardOutput = LineSink(descriptor: STDOUT_FILENO)
    /// The process' standard error.
    public static let standardError = LineSink(descriptor: STDERR_FILENO)

    private let descriptor: CInt
    private let turn = Mutex(())

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    /// Writes a line and its line feed; blocks while the reader is slow, as the real programs do.
    ///
    /// - Parameter line: the text; may itself hold line feeds
    public func write(_ line: String) {
        writeText(line + "\n")
    }

    /// Writes text as it is.
    ///
    /// - Parameter text: any text
    public func writeText(_ text: String) {
        turn.withLock { _ in
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    // Nobody reads any more; there is nowhere left to say so.
                    return
                }
            }
        }
    }
}
