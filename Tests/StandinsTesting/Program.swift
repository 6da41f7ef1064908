import Glibc

/// The programs under test, and where they are: the one place that decides between stand-ins and real programs.
package enum Program: Sendable {
    case benthos
    case redpandaConnect
    case rpkConnect
    case redpanda
    case rpkRedpanda

    /// True where the tests are to run against the real programs on `PATH` (`make test-real`).
    package static let areReal = variable("GATEWARDEN_TEST_REAL") == "1"

    /// What runs flows here: of the real programs, the first that there is.
    package static let flow = [benthos, redpandaConnect, rpkConnect].first(where: \.isThere) ?? benthos
    /// What runs flows under other names.
    package static let otherFlows = [redpandaConnect, rpkConnect].filter(\.isThere)
    /// What runs the broker here.
    package static let broker = [redpanda, rpkRedpanda].first(where: \.isThere) ?? redpanda

    /// The name that it is started by.
    package var name: String {
        switch self {
        case .benthos: "benthos"
        case .redpandaConnect: "redpanda-connect"
        case .rpkConnect, .rpkRedpanda: "rpk"
        case .redpanda: "redpanda"
        }
    }

    /// The words of the command line that lead to it.
    package var words: [String] {
        switch self {
        case .benthos, .redpandaConnect, .redpanda: []
        case .rpkConnect: ["connect"]
        case .rpkRedpanda: ["redpanda", "start"]
        }
    }

    /// The executable: on `PATH`, in `GATEWARDEN_TEST_STANDIN_DIR`, or beside the test bundle.
    package var path: String? {
        if Self.areReal {
            let folders = Self.variable("PATH")?.split(separator: ":").map(String.init) ?? []
            return Self.firstExecutable(folders, [name])
        }
        let folder = Self.variable("GATEWARDEN_TEST_STANDIN_DIR") ?? Self.folder(of: CommandLine.arguments[0])
        return Self.firstExecutable([folder], ["standin-" + standin, standin])
    }

    /// Whether there is such a program.
    package var isThere: Bool { path != nil }

    private var standin: String {
        switch self {
        case .benthos, .redpandaConnect, .rpkConnect: "benthos"
        case .redpanda, .rpkRedpanda: "redpanda"
        }
    }

    /// The value of an environment variable.
    package static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// The folder that a path lies in.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func firstExecutable(_ folders: [String], _ names: [String]) -> String? {
        folders.flatMap { folder in names.map { folder + "/" + $0 } }.first { access($0, X_OK) == 0 }
    }
}
