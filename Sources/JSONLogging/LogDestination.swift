internal import Glibc

/// Where and how finished lines leave the process.
public enum LogDestination: Sendable, Equatable {
    /// The descriptor, line by line.
    case stream
    /// The descriptor, each line after its priority in the form `<4>` (sd-daemon(3)), which the journal takes off again.
    case prefixedStream
    /// The journal's socket, in its own protocol; as a prefixed stream where nobody listens on it.
    case journal(socket: String)

    /// The socket of the system's journal (systemd-journald.service(8)).
    public static let journalSocket = "/run/systemd/journal/socket"

    /// Whether a descriptor is the stream that systemd connected to the journal (systemd.exec(5), `JOURNAL_STREAM`).
    ///
    /// A process that was started by a service inherits the variable, but may have its output elsewhere.
    ///
    /// - Parameters:
    ///   - descriptor: Usually standard error.
    ///   - variable: The environment's `JOURNAL_STREAM`, device and inode in decimal with a colon between; `nil` when unset.
    /// - Returns: True if device and inode are those of the descriptor.
    public static func isJournal(_ descriptor: Int32, variable: String?) -> Bool {
        var status = stat()
        guard let variable, fstat(descriptor, &status) == 0 else { return false }
        return variable == "\(status.st_dev):\(status.st_ino)"
    }
}
