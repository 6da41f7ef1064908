import Glibc
import SystemPackage

/// The programs under test.
enum Binaries {
    /// The gateway: the one that `GATEWARDEN_TEST_BINARY` names, or the one that was built beside the tests.
    static var gateway: FilePath {
        environment("GATEWARDEN_TEST_BINARY").map { FilePath($0) } ?? besideTests.appending("gatewarden")
    }

    /// The folder with programs named `redpanda` and `benthos`, or nil where there is none.
    static var standins: FilePath? {
        environment("GATEWARDEN_TEST_STANDINS").map { FilePath($0) }
    }

    /// Whether the gateway is the static binary, which runs in an empty root.
    static var isStatic: Bool { environment("GATEWARDEN_TEST_BINARY") != nil }

    /// Whether this user may make mounts and change the root.
    static var isRoot: Bool { geteuid() == 0 }

    /// Whether this user may run a file.
    static func isExecutable(_ file: FilePath) -> Bool { access(file.string, X_OK) == 0 }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static var besideTests: FilePath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return "." }
        return FilePath(platformString: buffer).removingLastComponent()
    }
}
