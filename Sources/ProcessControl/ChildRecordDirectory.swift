internal import CProcessControl
internal import Glibc
internal import Synchronization
public import SystemPackage

/// The place below the run directory where every running child has a record.
///
/// Its files are written without fsync: they need to survive the gateway, not the machine, and the boot id tells a
/// record of an earlier boot apart.
public final class ChildRecordDirectory: Sendable {
    /// The directory.
    public let path: FilePath
    /// The identity of the machine's present boot, from /proc/sys/kernel/random/boot_id.
    package let bootIdentifier: String
    private let serial = Atomic<UInt64>(0)

    /// Uses a directory, and creates it with its parents where missing.
    ///
    /// Accesses the file system on the calling thread.
    ///
    /// - Parameter path: the directory.
    /// - Throws: `runDirectoryUnusable`.
    public init(path: FilePath) throws(ProcessControlError) {
        try RunDirectory.create(path)
        self.path = path
        self.bootIdentifier = try Self.readBootIdentifier()
    }

    /// A record that has only its header, open for the child to write to.
    ///
    /// The caller closes the descriptor.
    func create(
        childPath: String,
        executable: FilePath,
        marker: ChildMarker?
    ) throws(Errno) -> (file: FilePath, descriptor: FileDescriptor) {
        let header = ChildRecord.header(
            bootIdentifier: bootIdentifier,
            childPath: childPath,
            executable: executable.string,
            marker: marker
        )
        while true {
            let file = nextFile(for: childPath)
            do {
                let descriptor = try FileDescriptor.open(
                    file,
                    .writeOnly,
                    options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: .ownerReadWrite
                )
                try write(header, to: descriptor, of: file)
                return (file, descriptor)
            } catch let errno as Errno {
                // A record of that name is evidence about another process: it is never overwritten.
                if errno != .fileExists {
                    throw errno
                }
            } catch {
                throw .ioError
            }
        }
    }

    /// Removes a record; a missing one is as good as removed.
    func remove(_ file: FilePath) {
        unlink(file.string)
    }

    /// All record files, oldest name first.
    func files() throws(ProcessControlError) -> [FilePath] {
        do {
            let names = try DirectoryListing.names(in: path).filter { $0.hasSuffix(Self.suffix) }
            return names.sorted().map(path.appending)
        } catch {
            throw RunDirectory.unusable(path, error)
        }
    }

    private static let suffix = ".child"
    private static let bootIdentifierFile: FilePath = "/proc/sys/kernel/random/boot_id"
    /// Leaves room for the serial number and the suffix in the 255 bytes of a file name.
    private static let nameLimit = 200

    private func nextFile(for childPath: String) -> FilePath {
        let number = serial.add(1, ordering: .relaxed).newValue
        let name = EscapedName(childPath).text.prefix(Self.nameLimit)
        return path.appending("\(name).\(number)\(Self.suffix)")
    }

    private func write(_ header: String, to descriptor: FileDescriptor, of file: FilePath) throws {
        do {
            // The child inherits the lock with the open file; it is gone once the child has executed its program, or
            // nobody is left to do so. A cleaner thus knows when a record is complete.
            if pc_lock_file(descriptor.rawValue) < 0 {
                throw Errno.latest
            }
            try descriptor.writeAll(header.utf8)
        } catch {
            remove(file)
            try descriptor.close()
            throw error
        }
    }

    private static func readBootIdentifier() throws(ProcessControlError) -> String {
        do {
            let content = try SmallFile.read(bootIdentifierFile)
            return String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        } catch {
            throw ProcessControlError(
                .runDirectoryUnusable,
                "cannot read \(bootIdentifierFile)",
                remedy: "mount /proc",
                errno: error
            )
        }
    }
}
