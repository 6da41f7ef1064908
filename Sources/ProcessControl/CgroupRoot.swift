internal import Glibc
internal import Synchronization
public import SystemPackage

/// The cgroup v2 that is delegated to this gateway: every child gets a group of its own below it.
///
/// A process cannot leave its group by forking or by opening a session, so that a stop finds all of them, and the kernel
/// limits and accounts them together.
public final class CgroupRoot: Sendable {
    /// The directory of the delegated group.
    public let path: FilePath
    /// The controllers that limit children here.
    public let controllers: Set<CgroupController>
    /// Tells the groups of several gateways below one directory apart: the identity of the run directory.
    let owner: String
    private let serial = Atomic<UInt64>(0)

    /// The group that the gateway moves itself into: one that has groups with controllers may have no processes.
    private static let ownGroup = "gateway"
    /// Leaves room for the owner and the serial number in the 255 bytes of a file name.
    private static let nameLimit = 180
    /// How much of the list of mounts is read: some thousand mounts.
    private static let mountsLimit = 1024 * 1024

    /// Finds the group of this process, checks that it is delegated, and moves this process into the group `gateway` in it.
    ///
    /// Accesses the file system on the calling thread. Children that were started before stay where they are.
    ///
    /// - Parameter runDirectory: the existing directory that no other gateway uses; its groups are told by it.
    /// - Throws: `cgroupUnavailable` with the reason; children then run without groups of their own.
    public convenience init(runDirectory: FilePath) throws(ProcessControlError) {
        try self.init(delegated: Self.ownDirectory(), runDirectory: runDirectory)
    }

    /// Uses a given group.
    package init(delegated directory: FilePath, runDirectory: FilePath) throws(ProcessControlError) {
        try Self.check(directory)
        var status = stat()
        guard stat(runDirectory.string, &status) == 0 else {
            throw RunDirectory.unusable(runDirectory, .latest)
        }
        path = directory
        owner = String(status.st_dev, radix: 16) + "-" + String(status.st_ino, radix: 16)
        controllers = try Self.prepare(directory)
    }

    /// A new, empty group for a child, with its limits written.
    func makeGroup(
        childPath: String,
        settings: [(file: String, value: String)]
    ) throws(Errno) -> ChildCgroup {
        let group = try makeDirectory(childPath: childPath)
        do throws(Errno) {
            for setting in settings {
                try SmallFile.write(setting.value, to: group.path.appending(setting.file))
            }
            return group
        } catch {
            group.remove()
            throw error
        }
    }

    /// The groups that this gateway, or an earlier one with the same run directory, has made and that are still there.
    func groups() throws(ProcessControlError) -> [ChildCgroup] {
        let names: [String]
        do throws(Errno) {
            names = try DirectoryListing.names(in: path)
        } catch {
            throw Self.unavailable("cannot list \(path)", error)
        }
        return names.filter { $0.hasPrefix("\(owner).") }.sorted().map { ChildCgroup(path: path.appending($0)) }
    }

    /// The group of this gateway, or of an earlier one with the same run directory, that a process is in.
    func group(of pid: Int32) -> ChildCgroup? {
        guard
            // What cannot be read is no reason to leave the process alone: it is then told by its session.
            let membership = try? SmallFile.read(FilePath("/proc/\(pid)/cgroup")),
            let mounts = try? SmallFile.read("/proc/self/mountinfo", limit: Self.mountsLimit),
            let directory = CgroupMembership.directory(membership: membership, mounts: mounts),
            let groups = try? groups()
        else {
            return nil
        }
        return groups.first { directory.starts(with: $0.path) }
    }

    private func makeDirectory(childPath: String) throws(Errno) -> ChildCgroup {
        let name = EscapedName(childPath).text.prefix(Self.nameLimit)
        while true {
            let number = serial.add(1, ordering: .relaxed).newValue
            let directory = path.appending("\(owner).\(name).\(number)")
            if mkdir(directory.string, 0o755) == 0 {
                return ChildCgroup(path: directory)
            }
            // A group of that name is an earlier gateway's: it is never shared.
            if Errno.latest != .fileExists {
                throw .latest
            }
        }
    }

    private static func ownDirectory() throws(ProcessControlError) -> FilePath {
        let membership: [UInt8]
        let mounts: [UInt8]
        do throws(Errno) {
            membership = try SmallFile.read("/proc/self/cgroup")
            mounts = try SmallFile.read("/proc/self/mountinfo", limit: mountsLimit)
        } catch {
            throw unavailable("cannot read the cgroup of this process from /proc/self", error)
        }
        guard let directory = CgroupMembership.directory(membership: membership, mounts: mounts) else {
            throw unavailable("no mounted cgroup2 hierarchy shows the group of this process")
        }
        // Some service managers start the gateway in a group of its own already, and so does a gateway that replaces itself.
        guard directory.lastComponent?.string == ownGroup else {
            return directory
        }
        let parent = directory.removingLastComponent()
        return isDelegated(parent) ? parent : directory
    }

    private static func check(_ directory: FilePath) throws(ProcessControlError) {
        if access(directory.appending("cgroup.procs").string, F_OK) < 0 {
            throw unavailable("\(directory) is no cgroup v2", .latest)
        }
        // The root of the hierarchy belongs to the system; it is the only group without a type.
        if access(directory.appending("cgroup.type").string, F_OK) < 0 {
            throw unavailable("\(directory) is the root of the hierarchy, which is never delegated")
        }
        if !isDelegated(directory) {
            throw unavailable("\(directory) is not delegated to this user", .latest)
        }
    }

    private static func isDelegated(_ directory: FilePath) -> Bool {
        let files = [directory, directory.appending("cgroup.procs"), directory.appending("cgroup.subtree_control")]
        return access(directory.appending("cgroup.type").string, F_OK) == 0
            && files.allSatisfy { faccessat(AT_FDCWD, $0.string, W_OK, AT_EACCESS) == 0 }
    }

    /// Moves this process out of the way and switches on what controllers there are.
    private static func prepare(_ directory: FilePath) throws(ProcessControlError) -> Set<CgroupController> {
        let own = directory.appending(ownGroup)
        if mkdir(own.string, 0o755) < 0, Errno.latest != .fileExists {
            throw unavailable("cannot make \(own)", .latest)
        }
        do throws(Errno) {
            try SmallFile.write("\(getpid())", to: own.appending("cgroup.procs"))
            for controller in CgroupController.parse(try SmallFile.read(directory.appending("cgroup.controllers"))) {
                // Where other processes are in the directory, or the system denies a controller, the others may still be had.
                try? SmallFile.write("+\(controller.rawValue)", to: directory.appending("cgroup.subtree_control"))
            }
            return CgroupController.parse(try SmallFile.read(directory.appending("cgroup.subtree_control")))
        } catch {
            rmdir(own.string)
            throw unavailable("cannot use \(directory)", error)
        }
    }

    private static func unavailable(_ message: String, _ errno: Errno? = nil) -> ProcessControlError {
        ProcessControlError(
            .cgroupUnavailable,
            message,
            remedy: "let the service manager delegate a cgroup (Delegate=yes), or go on without",
            errno: errno
        )
    }
}
