import SupervisionTesting
import Testing

@testable import Supervision

@Suite("A running tree: observations and actions that hang", .timeLimit(.minutes(1))) struct TreeCollectionTests {
    private let fixture = TreeFixture()
    private let world = ScriptedWorld()

    @Test("collectors go on writing while a circuit is open")
    func openCircuit() async throws {
        let children: [ChildSpec] = [.scripted("broker", world), .scripted("flow", dependsOn: ["broker"])]
        let tree = fixture.makeTree(children, checks: [.scripted("broker")])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "flow")
        world.setTrouble("down")
        // The news of the trouble may come after a tick: then the next one acts on it.
        while await tree.report()?.circuit?.isOpen != true {
            fixture.clock.advance(by: .milliseconds(100))
            await fixture.log.wait { if case .ticked = $0 { true } else { false } }
        }
        for _ in 0..<3 {
            let before = fixture.observations(of: "gateway/flow")
            fixture.clock.advance(by: .seconds(1))
            await fixture.wait { fixture.observations(of: "gateway/flow") > before }
        }
        #expect(await tree.report()?.circuit?.isOpen == true)
        await tree.shutDown()
        try await run.value
    }

    @Test("an observation that hangs is cancelled at nine tenths of its interval and counted, and the next one is made")
    func hangingObservation() async throws {
        let tree = fixture.makeTree([], world: world)
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "gateway")
        world.hangObservations(.honoursCancellation)
        fixture.clock.advance(by: .seconds(1))
        await fixture.wait { world.hungCount == 1 }
        world.hangObservations(nil)
        fixture.clock.advance(by: .milliseconds(900))
        await fixture.log.wait { event in
            if case .collectionFailed(_, let error) = event { error.hasPrefix("no answer within 0.9") } else { false }
        }
        fixture.clock.advance(by: .seconds(1))
        await fixture.log.wait { if case .collected = $0 { true } else { false } }
        await tree.shutDown()
        try await run.value
    }

    @Test("however short the interval is, an observation has nine tenths of a second")
    func shortInterval() async throws {
        var settings = SupervisionSettings()
        settings.collectorInterval = .milliseconds(100)
        let tree = fixture.makeTree([], world: world, settings: settings)
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "gateway")
        world.hangObservations(.honoursCancellation)
        fixture.clock.advance(by: .milliseconds(100))
        await fixture.wait { world.hungCount == 1 }
        world.hangObservations(nil)
        fixture.clock.advance(by: .milliseconds(1000))
        await fixture.log.wait { event in
            if case .collectionFailed(_, let error) = event { error.hasPrefix("no answer within 0.9") } else { false }
        }
        await tree.shutDown()
        fixture.clock.advance(by: .seconds(1))
        try await run.value
    }

    @Test("a collector that ignores its cancellation is replaced after twenty seconds and does not hold the shutdown")
    func stubbornCollector() async throws {
        let tree = fixture.makeTree([], world: world)
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "gateway")
        world.hangObservations(.ignoresCancellation)
        fixture.clock.advance(by: .seconds(1))
        await fixture.wait { world.hungCount == 1 }
        world.hangObservations(nil)
        fixture.clock.advance(by: .seconds(20))
        await fixture.log.wait { if case .collectorRestarted(_, count: 1) = $0 { true } else { false } }
        await fixture.log.wait { if case .collected = $0 { true } else { false } }
        await tree.shutDown()
        await fixture.waitForSleep(of: .seconds(5))
        fixture.clock.advance(by: .seconds(5))
        try await run.value
        #expect(!world.isRunning)
        #expect(world.hungCount == 1)
        world.release()
    }

    @Test("an action that ignores its cancellation is given up after the grace at the end, and an event names it")
    func stubbornAction() async throws {
        world.hangActions(.ignoresCancellation)
        let tree = fixture.makeTree([], world: world)
        let run = Task { try await tree.run() }
        await fixture.wait { world.hungCount == 1 }
        run.cancel()
        await fixture.waitForSleep(of: .seconds(5))
        fixture.clock.advance(by: .seconds(5))
        try await run.value
        await fixture.log.wait { event in
            guard case .actionCompleted(let identity, let outcome) = event else { return false }
            return identity.path.description == "gateway" && outcome.name == "start" && outcome.result == .abandoned
        }
        world.release()
    }

    @Test("a shutdown cancels a hung start, and gives it up after the grace")
    func hungStartAtShutdown() async throws {
        world.hangActions(.ignoresCancellation)
        let tree = fixture.makeTree([], world: world)
        let run = Task { try await tree.run() }
        await fixture.wait { world.hungCount == 1 }
        await tree.shutDown()
        await fixture.waitForSleep(of: .seconds(5))
        fixture.clock.advance(by: .seconds(5))
        try await run.value
        #expect(!world.isRunning)
        world.release()
    }
}
