import Testing
import Workers

@testable import Gateway
@testable import Supervision

@Suite("FlowPortRelease")
struct FlowPortReleaseTests {
    @Test("a flow that is replaced keeps its port, one that is removed for good gives it up")
    func release() {
        let flow = EventExamples.child("flow")
        let ports = FlowPorts(range: 1...9, known: [flow.path: 7, EventExamples.broker.path: 8])
        let release = FlowPortRelease(ports: ports)
        release.record(.childRemoved(flow, isFinal: false))
        #expect(ports.port(of: flow.path) == 7)
        release.record(.childRemoved(flow, isFinal: true))
        #expect(ports.port(of: flow.path) == nil)
        #expect(ports.port(of: EventExamples.broker.path) == 8)
    }
}
