import SupervisionTesting
import Testing

@testable import Supervision

@Suite("Scenarios: actions") struct ActionScenarioTests {
    @Test("the action of one child does not stop its siblings")
    func oneOfMany() async throws {
        let slow = ScriptedWorld()
        let quick = ScriptedWorld()
        let tree = TreeHarness([.scripted("slow", slow), .scripted("quick", quick)])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/slow"]
        slow.crash()
        for round in 2...5 {
            quick.crash()
            try await tree.pass(.milliseconds(300))
            #expect(quick.starts == round)
        }
        #expect(slow.starts == 1)
    }

    @Test("an action ends with the number under which it was taken, and every action has its own")
    func numbers() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        world.crash()
        try await tree.pass(.seconds(1))
        let taken = tree.events.compactMap { if case .actionEnqueued(_, _, let id) = $0 { id } else { nil } }
        let ended = tree.events.compactMap { if case .actionCompleted(_, let outcome) = $0 { outcome.id } else { nil } }
        #expect(taken.count >= 3 && taken == ended)
        #expect(Set(taken).count == taken.count)
    }

    @Test("an action of the parent stops all of its children until it ends")
    func parentAction() async throws {
        let parent = ScriptedWorld()
        let child = ScriptedWorld()
        let tree = TreeHarness([.scripted("line", parent, children: [.scripted("child", child)])])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/line"]
        parent.crash()
        try await tree.tick()
        child.crash()
        try await tree.pass(.seconds(2))
        try await tree.event("line/child")
        #expect(child.starts == 1)
        tree.hung = []
        try await tree.pass(.milliseconds(500))
        #expect(child.starts == 2)
        #expect(tree.events.contains { if case .actionAwaited = $0 { true } else { false } })
    }

    @Test("infrastructure beats action: the circuit opens while the parent acts")
    func infrastructureWins() async throws {
        let parent = ScriptedWorld()
        let broker = ScriptedWorld()
        let tree = TreeHarness([
            .scripted("line", parent, children: [.scripted("broker", broker)], checks: [.scripted("broker")])
        ])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/line"]
        broker.setTrouble("down")
        try await tree.event("line/broker")
        parent.crash()
        try await tree.event("line")
        #expect(tree.supervisor("line")?.machine.actionInProgress != nil)
        try await tree.tick()
        #expect(tree.circuitChanges.map(\.change) == [.opened])
        broker.setTrouble(nil)
        try await tree.pass(.seconds(3))
        #expect(broker.starts == 2)
        #expect(tree.circuitChanges.last?.change == .recovered)
    }

    @Test("an action that ends after the circuit opened is told, with how long it went on")
    func outlasts() async throws {
        let slow = ScriptedWorld()
        let broker = ScriptedWorld()
        let tree = TreeHarness([.scripted("slow", slow), .scripted("broker", broker)], checks: [.scripted("broker")])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/slow"]
        slow.crash()
        try await tree.tick()
        try await tree.trouble("broker", broker)
        try await tree.tick(after: .seconds(3))
        tree.finish("gateway/slow", .success, duration: .seconds(5))
        let told = tree.events.compactMap { event -> (String, Duration)? in
            if case .actionOutlasted(let identity, let ranOn) = event {
                (identity.path.description, ranOn)
            } else {
                nil
            }
        }
        #expect(told.count == 1)
        #expect(told.first?.0 == "gateway")
        #expect(told.first?.1 == .seconds(3))
    }

    @Test("a refused action is asked for again in the next tick and nothing waits")
    func queueFull() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        tree.admission = .queueFull
        try await tree.pass(.seconds(1))
        #expect(world.starts == 0)
        #expect(tree.events.contains { if case .actionRefused(_, _, .queueFull) = $0 { true } else { false } })
        tree.admission = nil
        try await tree.pass(.milliseconds(500))
        #expect(world.starts == 1)
    }

    @Test("a failed action is tried again after 1, 2, 4 seconds, and knows which attempt it is")
    func retries() async throws {
        let world = ScriptedWorld()
        world.failStarts(3)
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.milliseconds(900))
        #expect(world.attempts == [1])
        try await tree.pass(.seconds(1))
        #expect(world.attempts == [1, 2])
        try await tree.pass(.seconds(2))
        #expect(world.attempts == [1, 2, 3])
        try await tree.pass(.seconds(4))
        #expect(world.attempts == [1, 2, 3, 4])
        #expect(world.isRunning)
    }

    @Test(
        "an action that timed out because its child was being restarted succeeds within ninety seconds of the recovery")
    func timedOut() async throws {
        let world = ScriptedWorld()
        let tree = TreeHarness([.scripted("child", world)])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/child"]
        world.crash()
        try await tree.tick()
        tree.command(.restart, "child")
        try await tree.tick(after: .seconds(30))
        tree.finish("gateway/child", .timeout, duration: .seconds(30))
        tree.hung = []
        try await tree.pass(.seconds(90))
        #expect(tree.state("child") == "running")
        #expect(world.isRunning)
    }

    @Test("a child's action is bounded by the deadline of its parent's action in progress")
    func inheritedDeadline() async throws {
        let parent = ScriptedWorld()
        let tree = TreeHarness([.scripted("line", parent, children: [.scripted("child")])])
        try await tree.pass(.seconds(1))
        tree.hung = ["gateway/line"]
        parent.crash()
        try await tree.tick()
        let end = try #require(tree.supervisor("line")?.machine.actionInProgress?.deadline)
        tree.command(.restart, "line/child")
        for _ in 0..<10 {
            try await tree.tick()
            if tree.inProgress.contains(where: { $0.name == "start" && $0.path.name == "child" }) { break }
            try await tree.runActions()
        }
        let request = try #require(tree.inProgress.first { $0.path.name == "child" })
        #expect(request.latestEnd == end)
        #expect(request.deadline(from: tree.now) == end)
    }
}
