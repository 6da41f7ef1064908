import Glibc
import StandinsTesting
import Supervision
import Testing

@testable import Workers

/// Flows and their broker under the checks and the circuit of a gateway.
@Suite(
    "Flows and their broker",
    .enabled(if: Program.flow.isThere && Program.broker.isThere, "no flows, or no broker, on PATH"),
    .timeLimit(.minutes(5)))
struct FlowAndBrokerTests {
    /// What a flow's log says first of a broker that has just gone, or that is gone already.
    private static let losses = ["EOF", "connection reset", "connection refused"]

    private let folder = TemporaryFolder()

    @Test("a broker that is gone leaves its flow ready with flat counters; waiting grows, and it counts as stalled")
    func brokerGone() async throws {
        let broker = BrokerScene()
        let flow = FlowScene(FlowScene.kafka(broker.kafka.number))
        try await Box.run(try broker.child(in: folder), try flow.child(), in: folder) { box in
            try await box.child(becomes: "active")
            try await box.stop("broker")
            let reason = try await box.child(becomes: "degraded")
            #expect(Self.losses.contains { reason?.contains($0) == true }, "\(reason ?? "")")
            let first = try await box.flow { $0.condition?.waiting ?? .zero > .milliseconds(500) }
            #expect(first.isReady)
            #expect(first.outputs?.connectionLost == 0)
            let later = try await box.flow { $0.condition?.waiting ?? .zero > .milliseconds(1500) }
            #expect(later.condition?.figures?.sent == first.condition?.figures?.sent)
            #expect(later.isReady)
            let stalled = try await box.flow { $0.condition?.stall(after: flow.stallAfter) != nil }
            #expect(stalled.condition?.stall(after: flow.stallAfter)?.hasPrefix("stalled: ") == true)
            try await box.start("broker")
            try await box.child(becomes: "active")
        }
    }

    @Test("a flow that reads from a broker that is gone has nothing to do, but says what is wrong")
    func readingFromNowhere() async throws {
        let broker = BrokerScene()
        var flow = FlowScene()
        flow.input = FlowScene.kafkaInput(broker.kafka.number)
        try await Box.run(try broker.child(in: folder), try flow.child(), in: folder) { box in
            try await box.child(becomes: "idle")
            try await box.stop("broker")
            let reason = try await box.child(becomes: "degraded")
            #expect(Self.losses.contains { reason?.contains($0) == true }, "\(reason ?? "")")
            // It waits for nothing but its broker, whose own affair that is.
            #expect(try await box.flow { $0.condition?.failure != nil }.isReady)
        }
    }

    @Test(
        "what takes a broker away is blamed on the broker alone, and put right",
        .disabled(if: Program.areReal, "needs the control endpoint"),
        arguments: [
            (#"{"kafka":"closed"}"#, BrokerChecks.unreachable), (#"{"admin":"hang"}"#, ProcessChecks.readinessFailed),
            (#"{"ready":"booting"}"#, ProcessChecks.readinessFailed),
        ])
    func blame(_ fault: String, _ check: String) async throws {
        let broker = BrokerScene()
        var flow = FlowScene(FlowScene.kafka(broker.kafka.number))
        flow.dependsOn = ["broker"]
        try await Box.run(try broker.child(in: folder), try flow.child(), root: .checked, in: folder) { box in
            try await box.child(becomes: "active")
            try await broker.provoke(fault)
            let failure = try await box.opens()
            #expect((failure.check, failure.child) == (check, "broker"))
            try await box.recovers()
            let sent = try await box.flow { $0.sent > 0 }.sent
            try await box.flow { $0.sent > sent }
        }
    }

    @Test(
        "a full disk calls a person, and restarts nothing", .disabled(if: Program.areReal, "needs the control endpoint")
    )
    func fullDisk() async throws {
        let broker = BrokerScene()
        try await Box.run(try broker.child(in: folder), root: .checked, in: folder) { box in
            try await box.child("broker", isReady: true)
            try await broker.provoke(#"{"disk_alert":2}"#)
            let failure = try await box.opens()
            #expect((failure.check, failure.child) == (BrokerChecks.diskAlert, "broker"))
            try await broker.provoke(#"{"disk_alert":0}"#)
            try await box.recovers()
        }
    }

    @Test("a flow whose readiness comes and goes is counted as flapping")
    func flapping() async throws {
        let lease = PortLease()
        let flow = FlowScene(FlowScene.socket(lease.number))
        var peer = try await Peer(lease.number)
        try await Box.run(try flow.child()) { box in
            for count in 1...FlowCondition.flapThreshold {
                try await box.flow { $0.isReady }
                await peer.close()
                try await box.flow { $0.condition?.flaps == count }
                peer = try await Peer(lease.number)
            }
        }
        await peer.close()
    }

    @Test("what a flow suffers from outside the box is blamed on the flow")
    func outsideBroker() async throws {
        let lease = PortLease()
        let peer = try await Peer(lease.number)
        let flow = FlowScene(FlowScene.http(lease.number))
        try await Box.run(try flow.child(), root: .checked) { box in
            let failure = try await box.opens()
            #expect((failure.check, failure.child) == (FlowChecks.stalled, "flow"))
            #expect(failure.impact == .singleWorker)
        }
        await peer.close()
    }
}
