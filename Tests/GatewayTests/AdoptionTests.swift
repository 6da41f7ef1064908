import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite(
    "Gateway: adoption",
    .timeLimit(.minutes(2)),
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
)
struct AdoptionTests {
    private let directory: TestDirectory
    private let standins: FilePath
    private let ports: [Int]

    init() async throws {
        directory = try TestDirectory()
        standins = try #require(Binaries.standins)
        ports = [try await FreePort.find(), try await FreePort.find(), try await FreePort.find()]
    }

    /// A broker that is adopted, a flow that is adopted, and one that is not.
    private func configuration(cores: Int = 1, extra: String = "") -> String {
        let config = #"{input: {generate: {mapping: 'root = "x"', interval: 1s}}, output: {drop: {}}}"#
        return """
            agent: {name: box}
            supervisor: {tickInterval: 20ms, collectorInterval: 100ms}
            store: {observedFlushInterval: 1s}
            redpanda:
              command: ["\(standins)/redpanda"]
              kafka: 127.0.0.1:\(ports[0])
              admin: 127.0.0.1:\(ports[1])
              rpc: 127.0.0.1:\(ports[2])
              cores: \(cores)
              \(extra)
            flows:
              - {name: kept, command: ["\(standins)/benthos"], config: \(config), onGatewayRestart: adopt}
              - {name: fresh, command: ["\(standins)/benthos"], config: \(config), dependsOn: [redpanda]}
            """
    }

    private static let paths: Set = ["box/redpanda", "box/kept", "box/fresh"]

    /// What a gateway has said until all of its children were ready.
    private struct Startup {
        var started: [String: Int32] = [:]
        var adopted: [String: Int32] = [:]
        var superseded: [String: Int32] = [:]
        var base = ""
        /// When the broker was started, in seconds since 1970.
        var brokerStart = 0.0
    }

    private func start(_ configuration: String) async throws -> (RunningGateway, Startup) {
        let gateway = try await RunningGateway.start(configuration, in: directory)
        var startup = Startup()
        startup.base = try await gateway.waitForAddress()
        var missing = Self.paths
        while !missing.isEmpty {
            let line = try await gateway.waitForLog { $0.path.map(Self.paths.contains) == true }
            guard let path = line.path else { continue }
            switch line.msg {
            case "Process started": startup.started[path] = line.pid
            case "Child adopted": startup.adopted[path] = line.pid
            case let message where message.hasPrefix("Child of an earlier gateway"): startup.superseded[path] = line.pid
            case "Child is ready": missing.remove(path)
            default: break
            }
        }
        let name = #"gatewarden_child_start_time_seconds{child="box/redpanda"} "#
        let sample = try await fetch(startup.base + "/metrics").body.split(separator: "\n").first { $0.hasPrefix(name) }
        startup.brokerStart = try #require(sample.flatMap { Double($0.dropFirst(name.count)) })
        return (gateway, startup)
    }

    /// Kills a gateway that has remembered the ports of its flows.
    private func kill(_ gateway: RunningGateway, _ startup: Startup) async throws {
        while try await !fetch(startup.base + "/metrics").body.contains("gatewarden_store_dirty_documents 0\n") {}
        await gateway.kill()
    }

    private func standinsOfThisTest() -> Int {
        ProcessList.count(mentioning: directory.path.string + "/data/")
    }

    @Test(
        "after a kill, what is to be adopted keeps its pid, the rest is new, nothing runs twice or counts as restarted")
    func kill() async throws {
        var (gateway, first) = try await start(configuration())
        #expect(first.started.count == 3)
        for _ in 0..<2 {
            try await kill(gateway, first)
            let second: Startup
            (gateway, second) = try await start(configuration())
            #expect(second.adopted == first.started.merging(first.adopted) { $1 }.filter { $0.key != "box/fresh" })
            #expect(Set(second.started.keys) == ["box/fresh"])
            #expect(second.started["box/fresh"] != first.started["box/fresh"])
            #expect(second.superseded.isEmpty)
            // Start times count in ticks of 10 ms, and the clocks are read one after the other.
            #expect(abs(second.brokerStart - first.brokerStart) < 0.5)
            #expect(standinsOfThisTest() == 3)
            let metrics = try await fetch(second.base + "/metrics").body
            for path in Self.paths {
                #expect(metrics.contains("gatewarden_child_restarts_total{child=\"\(path)\"} 0\n"))
                #expect(metrics.contains("gatewarden_child_up{child=\"\(path)\"} 1\n"))
            }
            first = second
        }
        let pids = first.adopted
        #expect(await gateway.stop() == .exited(code: 0))
        for pid in pids.values { #expect(!ProcessList.isRunning(pid)) }
        #expect(standinsOfThisTest() == 0)
    }

    @Test("a broker whose configuration has changed meanwhile is replaced", arguments: [true, false])
    func changed(isCommandLine: Bool) async throws {
        let (gateway, first) = try await start(configuration())
        try await kill(gateway, first)
        let changed =
            isCommandLine ? configuration(cores: 2) : configuration(extra: "properties: {redpanda: {rack: r1}}")
        let (next, second) = try await start(changed)
        let old = try #require(first.started["box/redpanda"])
        #expect(second.superseded == ["box/redpanda": old])
        #expect(second.started["box/redpanda"] != nil && second.started["box/redpanda"] != old)
        #expect(!ProcessList.isRunning(old))
        #expect(second.adopted["box/kept"] == first.started["box/kept"])
        #expect(standinsOfThisTest() == 3)
        #expect(await next.stop() == .exited(code: 0))
        #expect(standinsOfThisTest() == 0)
    }

    @Test("what is no longer declared is ended before anything is started")
    func unwanted() async throws {
        let (gateway, first) = try await start(configuration())
        try await kill(gateway, first)
        let next = try await RunningGateway.start("agent: {name: box}\nprocesses: []", in: directory)
        for _ in 0..<3 { try await next.waitForLog { $0.msg == "Stray child of an earlier gateway" } }
        _ = try await next.waitForAddress()
        #expect(standinsOfThisTest() == 0)
        #expect(await next.stop() == .exited(code: 0))
    }
}
