import Glibc
import OperatorHTTP
import ProcessControl
import StandinsTesting
import Testing

@Suite(
    "Gateway: incidents of flows",
    .timeLimit(.minutes(2)),
    .enabled(if: Binaries.standins != nil, "GATEWARDEN_TEST_STANDINS is not set")
)
struct FlowIncidentTests {
    private static let opened = "Infrastructure check failed, opening circuit breaker"
    private static let recovered = "Infrastructure recovered, closing circuit breaker"

    /// How a broker goes away while its process stays.
    enum Loss: String, CaseIterable {
        case kafkaCloses
        case processStops
        case diesAgainAndAgain
    }

    /// The value of a sample; nil where it is missing.
    private func value(_ sample: String, at base: String) async throws -> Double? {
        let lines = try await fetch(base + "/metrics").body.split(separator: "\n")
        return lines.first { $0.hasPrefix(sample + " ") }?.split(separator: " ").last.flatMap { Double($0) }
    }

    @Test(
        "a broker that goes away under a flow is blamed before the flow is, and comes back by itself",
        arguments: Loss.allCases)
    func brokerGone(_ loss: Loss) async throws {
        let plant = try FlowPlant()
        let flow = "flows: [\(plant.flow(output: plant.toBroker)), name: flow, dependsOn: [broker]}]\n"
        let configuration = plant.configuration(plant.broker, flow)
        let gateway = try await RunningGateway.start(configuration, in: plant.directory)
        let base = try await gateway.waitForAddress()
        var pid = try #require(try await gateway.waitUntilReady("box/broker", "box/flow")["box/broker"])
        let sent = #"gatewarden_flow_sent_total{child="box/flow"}"#
        try await eventually { try await value(sent, at: base) ?? 0 > 0 }

        switch loss {
        case .kafkaCloses: try await plant.provoke(#"{"kafka":"closed"}"#)
        case .processStops: #expect(kill(pid, SIGSTOP) == 0)
        case .diesAgainAndAgain:
            for _ in 1...4 {
                #expect(kill(pid, SIGKILL) == 0)
                let start = try await gateway.waitForLog { $0.msg == "Process started" && $0.path == "box/broker" }
                pid = try #require(start.pid)
            }
            #expect(kill(pid, SIGKILL) == 0)
        }
        // The first circuit that opens is that of the broker: the flow is not even called stalled by then.
        let opening = try await gateway.waitForLog { $0.msg == Self.opened || $0.msg == "Flow stalled" }
        #expect(opening.msg == Self.opened)
        #expect(opening.fields["child_name"] == "broker")
        let check = try #require(opening.fields["check"])
        #expect([.text("broker_unreachable"), .text("readiness_failed"), .text("crash_loop")].contains(check))
        let metrics = try await fetch(base + "/metrics").body.split(separator: "\n")
        let failures = metrics.filter {
            $0.hasPrefix("supervisor_infrastructure_check_failures_total{") && !$0.hasSuffix(" 0")
        }
        #expect(!failures.isEmpty && failures.allSatisfy { $0.contains(#"child_name="broker""#) }, "\(failures)")
        try await gateway.waitForLog { $0.msg == Self.recovered }
        let before = try await value(sent, at: base) ?? 0
        try await eventually { try await value(sent, at: base) ?? 0 > before }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a flow whose outside target hangs is blamed itself")
    func outsideGone() async throws {
        let plant = try FlowPlant()
        let target = PortLease()
        let peer = try await Peer(target.number)
        let output = "http_client: {url: 'http://127.0.0.1:\(target.number)/x', verb: POST, timeout: 120s}"
        let configuration = plant.configuration("flows: [\(plant.flow(output: output)), name: flow}]\n")
        let gateway = try await RunningGateway.start(configuration, in: plant.directory)
        let opening = try await gateway.waitForLog { $0.msg == Self.opened }
        #expect(opening.fields["check"] == "flow_stalled")
        #expect(opening.fields["child_name"] == "flow")
        #expect(opening.fields["impact"] == "single_worker")
        #expect(await gateway.stop() == .exited(code: 0))
        await peer.close()
    }

    @Test("a flow with a finite input is completed and stays so")
    func finite() async throws {
        let plant = try FlowPlant()
        let flow = plant.flow(output: "drop: {}", count: 5)
        let gateway = try await RunningGateway.start(
            plant.configuration("flows: [\(flow), name: flow}]\n"), in: plant.directory)
        try await gateway.waitForLog { $0.msg == "State changed" && $0.path == "box/flow" && $0.state == "completed" }
        let flows = try await gateway.control.status().root.children
        #expect(flows.map(\.state) == ["completed"])
        #expect(flows.map(\.pid) == [nil])
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a protocol converter's connection follows its device, and its flow waits for it")
    func converter() async throws {
        let plant = try FlowPlant()
        let device = PortLease()
        let converter = """
            protocolConverters:
              - name: press-1
                connection: {endpoint: "127.0.0.1:\(device.number)", period: 100ms, failureThreshold: 2}
                dfc_read: \(plant.flow(output: "drop: {}"))}

            """
        let gateway = try await RunningGateway.start(plant.configuration(converter), in: plant.directory)
        let (connection, read) = ("box/press-1/connection", "box/press-1/dfc_read")
        try await gateway.waitForLog { $0.msg == "State changed" && $0.path == connection && $0.state == "down" }
        let first = try await Peer(device.number)
        try await gateway.waitForLog { $0.msg == "State changed" && $0.path == connection && $0.state == "up" }
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == read }
        await first.close()
        try await gateway.waitForLog { $0.msg == "State changed" && $0.path == connection && $0.state == "down" }
        let second = try await Peer(device.number)
        try await gateway.waitForLog { $0.msg == "State changed" && $0.path == connection && $0.state == "up" }
        #expect(await gateway.stop() == .exited(code: 0))
        await second.close()
    }

    @Test(
        "children that escape, refuse to end, close their descriptors or write without an end of line are gone after a stop"
    )
    func unruly() async throws {
        let directory = try TestDirectory()
        let marker = "4000\(getpid())"
        try directory.write(
            "unruly.sh",
            """
            trap '' TERM
            setsid sh -c 'trap "" TERM; (exec sleep \(marker)) & wait' &
            echo away
            head -c 1000000 /dev/zero | tr '\\0' x
            exec >&- 2>&- <&-
            while :; do sleep \(marker); done
            """
        )
        let configuration = """
            agent: {name: box}
            processes:
              - {name: unruly, command: [sh, "\(directory.path)/unruly.sh"], stopTimeout: 200ms}
            """
        let gateway = try await RunningGateway.start(configuration, in: directory)
        try await gateway.waitForLog { $0.line == "away" }
        try await eventually { ProcessList.count(mentioning: marker) >= 2 }
        #expect(await gateway.stop() == .exited(code: 0))
        #expect(ProcessList.count(mentioning: marker) == 0)
    }
}
