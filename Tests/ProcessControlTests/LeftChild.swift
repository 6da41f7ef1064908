import Glibc
import ProcessControl
import SystemPackage

/// A child whose gateway was killed.
struct LeftChild {
    /// A single process that notifies and then waits for ever: nobody writes to its standard error, which reads as well.
    static let sleeper = ["/bin/sh", "-c", "echo >&5; read x < /dev/stderr"]

    let pid: Int32
    let records: ChildRecordDirectory

    /// Starts a gateway with an adoptable child, and kills the gateway once the child has notified it.
    init(_ command: [String], in directory: TemporaryDirectory, on reactor: ProcessReactor) async throws {
        records = try ChildRecordDirectory(path: directory.path.appending("records"))
        let gateway = Watched()
        let process = try await gateway.start(Self.gateway(command, records: records.path), on: reactor)
        var pid: Int32?
        var isNotified = false
        while pid == nil || !isNotified {
            let words = try await gateway.line().split(separator: " ")
            switch words[0] {
            case "started": pid = Int32(words[1])
            case "notified": isNotified = true
            default: break
            }
        }
        Glibc.kill(process.pid, SIGKILL)
        _ = try await gateway.exit()
        self.pid = pid ?? 0
    }

    /// A gateway that adopts its child or starts it.
    static func gateway(_ command: [String], records: FilePath) throws -> ProcessSpec {
        var spec = try Fixture.spec("adopting-gateway", records.string)
        spec.arguments += command
        return spec
    }

    /// What the next gateway finds.
    func found(
        adopting isWanted: @escaping @Sendable (AdoptableChild) -> Bool = { _ in true }
    ) async throws -> StrayCleanup {
        try await StrayCleaner(directory: records).cleanUp(grace: .seconds(1), adopting: isWanted)
    }

    /// Whether its process is gone or dead.
    var isGone: Bool {
        get throws { try ProcStat.read(pid: pid)?.isDead != false }
    }

    /// The names of the records.
    var recorded: [String] { TemporaryDirectory.entries(of: records.path) }
}
