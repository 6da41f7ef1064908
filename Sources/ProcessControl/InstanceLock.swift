internal import CProcessControl
internal import Glibc
public import SystemPackage

/// The proof that this is the only gateway on a directory; the kernel gives it up when the process ends.
public final class InstanceLock: Sendable {
    /// The name of the locked file.
    public static let fileName = "gatewarden.lock"

    private let descriptor: OwnedDescriptor

    /// Takes the lock, without waiting.
    ///
    /// Accesses the file system on the calling thread.
    ///
    /// - Parameters:
    ///   - directory: the directory; created with its parents where missing.
    ///   - flag: the command-line flag that chooses another directory, for the error.
    /// - Throws: `alreadyRunning`, which names the owner, or `runDirectoryUnusable`.
    public init(directory: FilePath, chosenBy flag: String) throws(ProcessControlError) {
        try RunDirectory.create(directory)
        let file = directory.appending(Self.fileName)
        guard let descriptor = OwnedDescriptor(adopting: open(file.string, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)) else {
            throw RunDirectory.unusable(file, .latest)
        }
        guard pc_lock_file(descriptor.rawValue) == 0 else {
            throw Self.refusal(.latest, file: file, directory: directory, flag: flag)
        }
        do {
            let lock = FileDescriptor(rawValue: descriptor.rawValue)
            try lock.resize(to: 0)
            try lock.writeAll("\(getpid())\n".utf8)
        } catch {
            throw RunDirectory.unusable(file, error as? Errno ?? .ioError)
        }
        self.descriptor = descriptor
    }

    deinit {
        // A child between vfork and execve holds a copy of the descriptor, so closing alone may come late.
        pc_unlock_file(descriptor.rawValue)
    }

    private static func refusal(
        _ errno: Errno,
        file: FilePath,
        directory: FilePath,
        flag: String
    ) -> ProcessControlError {
        guard errno == .wouldBlock else {
            return RunDirectory.unusable(file, errno)
        }
        // Without the owner's pid the message is poorer, but still true.
        let content = (try? SmallFile.read(file)) ?? []
        let owner = Int32(String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        let pid = owner.map { "pid \($0)" } ?? "pid unknown"
        return ProcessControlError(
            .alreadyRunning,
            "a gateway is already running, \(pid), on directory \(directory)",
            remedy: "stop it or choose another \(flag)"
        )
    }
}
