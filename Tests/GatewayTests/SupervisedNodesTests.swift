import Testing

@testable import Gateway
@testable import Supervision

@Suite("SupervisedNodes")
struct SupervisedNodesTests {
    private static let root = HierarchyPath(root: "box")
    private static let group = root.appending("press")
    private static let flow = group.appending("flow")

    private static func identity(_ path: HierarchyPath, _ type: WorkerType = "process") -> WorkerIdentity {
        WorkerIdentity(id: SupervisorID(number: 1), type: type, path: path)
    }

    /// A root with a broker and a group, and a flow in the group.
    private static func tree() -> SupervisedNodes {
        var nodes = SupervisedNodes()
        _ = nodes.declare(
            identity(root, "application"),
            children: ["broker", "press"],
            checks: [CheckLabel(check: "crash_loop", child: "broker"), CheckLabel(check: "stale", child: "press")]
        )
        _ = nodes.declare(identity(root.appending("broker")), children: [], checks: [])
        _ = nodes.declare(identity(group, "application"), children: ["flow"], checks: [])
        _ = nodes.declare(identity(flow), children: [], checks: [])
        return nodes
    }

    @Test("the shape follows what lives: a child that is being replaced is gone for a while")
    func shape() {
        var nodes = Self.tree()
        #expect((nodes.liveCount, nodes.depth) == (4, 3))
        #expect(nodes.remove(Self.flow, isFinal: false) == SupervisedNodes.Departure())
        #expect((nodes.liveCount, nodes.depth) == (3, 2))
        #expect(nodes.declare(Self.identity(Self.flow), children: [], checks: []) == SupervisedNodes.Departure())
        #expect((nodes.liveCount, nodes.depth) == (4, 3))
    }

    @Test("a child that is removed for good takes along what is below it and what its parent had of it")
    func finalRemoval() {
        var nodes = Self.tree()
        let departure = nodes.remove(Self.group, isFinal: true)
        #expect(departure.nodes.map(\.path) == [Self.group, Self.flow])
        #expect(departure.children == [Self.root: ["press"]])
        #expect(departure.checks == [Self.root: [CheckLabel(check: "stale", child: "press")]])
        #expect(nodes[Self.flow] == nil)
        #expect(nodes[Self.root]?.children == ["broker"])
        #expect((nodes.liveCount, nodes.depth) == (2, 2))
    }

    @Test("a fresh parent that does not declare a child any more leaves nothing of it")
    func undeclared() {
        var nodes = Self.tree()
        _ = nodes.remove(Self.flow, isFinal: false)
        _ = nodes.remove(Self.group, isFinal: false)
        let departure = nodes.declare(Self.identity(Self.group, "application"), children: ["other"], checks: [])
        #expect(departure.nodes.map(\.path) == [Self.flow])
        #expect(departure.children == [Self.group: ["flow"]])
    }

    @Test("a child that still lives stays until it is removed")
    func leaving() {
        var nodes = Self.tree()
        let departure = nodes.declare(Self.identity(Self.group, "application"), children: [], checks: [])
        #expect(departure.nodes.isEmpty)
        #expect(nodes.remove(Self.flow, isFinal: true).nodes.map(\.path) == [Self.flow])
    }

    @Test("another kind of worker in the same place keeps nothing of the first")
    func otherType() {
        var nodes = Self.tree()
        let departure = nodes.declare(Self.identity(Self.flow, "benthos"), children: [], checks: [])
        #expect(departure.nodes.map(\.type) == ["process"])
        #expect(nodes[Self.flow]?.type == "benthos")
    }

    @Test("a stale observation counts until it is fresh again or its worker is gone")
    func staleness() {
        var nodes = Self.tree()
        nodes.setStale(Self.flow, true)
        nodes.setStale(Self.group, true)
        nodes.setStale(Self.root.appending("unknown"), true)
        #expect(nodes.staleCount == 2)
        _ = nodes.remove(Self.flow, isFinal: false)
        #expect(nodes.staleCount == 1)
        nodes.setStale(Self.group, false)
        #expect(nodes.staleCount == 0)
    }
}
