/// What a record says of a child that the next gateway may take over: enough to prove that it is the same.
package struct AdoptionTerms: Equatable, Sendable {
    /// How far the child's notification is.
    package enum Notification: Equatable, Sendable {
        /// None is expected.
        case none
        /// It is expected on a pipe that the child has under a number.
        case awaited(descriptor: Int32, inode: UInt64)
        /// It was received.
        case received
    }

    /// What was started.
    package let digest: SpecificationDigest
    /// The program that the process was last seen to run, as /proc/PID/exe names it.
    ///
    /// A script runs as its interpreter, and a wrapper becomes another program.
    package var executable: String
    /// The inode number of the pipe that was given to the child as standard output.
    package let standardOutput: UInt64
    /// The inode number of the pipe that was given to the child as standard error.
    package let standardError: UInt64
    /// How far its notification is.
    package var notification: Notification

    /// The terms of a child.
    package init(
        digest: SpecificationDigest,
        executable: String,
        standardOutput: UInt64,
        standardError: UInt64,
        notification: Notification
    ) {
        self.digest = digest
        self.executable = executable
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.notification = notification
    }

    private static let keyword = "adopt"

    /// The line of a record, with its line end.
    package var line: String {
        let notification =
            switch notification {
            case .none: "-"
            case .awaited(let descriptor, let inode): "\(descriptor):\(inode)"
            case .received: "received"
            }
        let fields = [
            Self.keyword, digest.recorded, EscapedName(executable).text, "\(standardOutput)", "\(standardError)",
            notification,
        ]
        return fields.joined(separator: " ") + "\n"
    }

    /// Understands a line without its line end; nil if it is another one.
    ///
    /// Further fields are left to later versions.
    package init?(line: some StringProtocol) {
        let fields = line.split(separator: " ")
        guard
            fields.count >= 6, fields[0] == Self.keyword,
            let digest = SpecificationDigest(recorded: fields[1]),
            let executable = EscapedName(text: String(fields[2]))?.original,
            let standardOutput = UInt64(fields[3]), let standardError = UInt64(fields[4]),
            let notification = Self.notification(fields[5])
        else {
            return nil
        }
        self.init(
            digest: digest,
            executable: executable,
            standardOutput: standardOutput,
            standardError: standardError,
            notification: notification
        )
    }

    private static func notification(_ field: some StringProtocol) -> Notification? {
        switch field {
        case "-":
            return Notification.none
        case "received":
            return .received
        default:
            let parts = field.split(separator: ":")
            guard parts.count == 2, let descriptor = Int32(parts[0]), let inode = UInt64(parts[1]) else {
                return nil
            }
            return .awaited(descriptor: descriptor, inode: inode)
        }
    }
}
