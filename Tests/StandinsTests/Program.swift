import Glibc

/// The programs under test, and where they are: the one place that decides between stand-ins and real programs.
enum Program: String, Sendable {
    case benthos
    case redpanda

    /// True where the tests are to run against the real programs on `PATH` (`GATEWARDEN_TEST_REAL=1`).
    static let areReal = variable("GATEWARDEN_TEST_REAL") == "1"

    /// The executable: on `PATH`, in `GATEWARDEN_TEST_STANDIN_DIR`, or beside the test bundle.
    var path: String? {
        if Self.areReal {
            let folders = Self.variable("PATH")?.split(separator: ":").map(String.init) ?? []
            return Self.firstExecutable(folders, [rawValue])
        }
        let folder = Self.variable("GATEWARDEN_TEST_STANDIN_DIR") ?? Self.folder(of: CommandLine.arguments[0])
        return Self.firstExecutable([folder], ["standin-" + rawValue, rawValue])
    }

    /// The value of an environment variable.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// The folder that a path lies in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func firstExecutable(_ folders: [String], _ names: [String]) -> String? {
        folders.flatMap { folder in names.map { folder + "/" + $0 } }.first { access($0, X_OK) == 0 }
    }
}
