import Glibc
import ProcessControl
import SystemPackage

/// A cgroup v2 that a test hands to a gateway; goes with its owner, and so does everything in it.
final class DelegatedCgroup: Sendable {
    /// Why there may be none.
    static let requirement = "needs root and a writable cgroup2 hierarchy"
    /// Whether this machine lets the tests make one.
    static let isAvailable = (try? DelegatedCgroup()) != nil

    let path: FilePath

    init() throws {
        let mounts = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
        guard geteuid() == 0, let mount = mounts.first(where: { access("\($0)/cgroup.controllers", F_OK) == 0 }) else {
            throw Errno.notSupported
        }
        var template = Array("\(mount)/gatewarden-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Errno(rawValue: errno)
        }
        path = FilePath(platformString: template)
    }

    deinit {
        // Without the kernel's switch there is nothing left, unless a test has failed.
        let kill = open(path.appending("cgroup.kill").string, O_WRONLY | O_CLOEXEC)
        write(kill, "1", 1)
        close(kill)
        while TemporaryDirectory.entries(of: path).count > 0, !Self.remove(path) {
            sched_yield()
        }
    }

    /// The groups in it by name.
    var groups: [String] {
        Self.groups(in: path).sorted()
    }

    /// Runs a program in it.
    func enclose(_ spec: ProcessSpec) -> ProcessSpec {
        ProcessSpec(
            executable: "/bin/sh",
            arguments: ["-c", "echo $$ > '\(path)/cgroup.procs'; exec \"$@\"", "sh", spec.executable.string]
                + spec.arguments,
            environment: spec.environment
        )
    }

    private static func groups(in directory: FilePath) -> [String] {
        TemporaryDirectory.entries(of: directory).filter { name in
            var status = stat()
            return lstat(directory.appending(name).string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        }
    }

    private static func remove(_ directory: FilePath) -> Bool {
        for group in groups(in: directory) where !remove(directory.appending(group)) {
            return false
        }
        return rmdir(directory.string) == 0
    }
}
