import SupervisionTesting
import Testing

@testable import Supervision

@Suite("A running tree: changes of what is declared", .timeLimit(.minutes(1))) struct TreeChangeTests {
    private let fixture = TreeFixture()
    private let world = ScriptedWorld()
    private let root = HierarchyPath(root: "gateway")

    @Test("the restart of a child that is not declared is an error that names it")
    func undeclared() async throws {
        let tree = fixture.makeTree([.scripted("child", world)])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "child")
        let error = await #expect(throws: SupervisionError.self) {
            try await tree.perform(.restart, on: root.appending("nobody"))
        }
        #expect(error?.code == .childNotDeclared)
        #expect(error?.message.hasPrefix("child gateway/nobody not declared") == true)
        await tree.shutDown()
        try await run.value
    }

    @Test("a child can be added while the tree runs; one of an unknown type is shown as failed with the known types")
    func add() async throws {
        let tree = fixture.makeTree([.scripted("child", world)])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "child")
        try await tree.add([.scripted("late", dependsOn: ["child"])], to: root)
        await fixture.log.waitForState("running", of: "late")
        let odd = ChildSpec(name: "odd", workerType: "unheard-of", configuration: ScriptedConfiguration())
        try await tree.add([odd], to: root)
        let report = try #require(await tree.report()?.children.first { $0.path.name == "odd" })
        #expect(report.state == "failed")
        #expect(report.id == nil)
        #expect(report.reason?.contains("known types: scripted") == true)
        await tree.shutDown()
        try await run.value
    }

    @Test(
        "an addition that contradicts what is there is an error and changes nothing",
        arguments: [
            (ChildSpec.scripted("child"), SupervisionError.Code.duplicateChild),
            (.scripted("late", dependsOn: ["late"]), .dependencyCycle),
            (.scripted("late", dependsOn: ["nobody"]), .unknownDependency),
        ])
    func contradiction(child: ChildSpec, code: SupervisionError.Code) async throws {
        let tree = fixture.makeTree([.scripted("child", world)])
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "child")
        let before = await tree.report()
        let error = await #expect(throws: SupervisionError.self) { try await tree.add([child], to: root) }
        #expect(error?.code == code)
        #expect(await tree.report()?.children.map(\.id) == before?.children.map(\.id))
        try await tree.add([.scripted("good")], to: root)
        await fixture.log.waitForState("running", of: "good")
        await tree.shutDown()
        try await run.value
    }

    @Test("an update of the root touches only the children whose specification has changed")
    func update() async throws {
        let (gateway, other) = (ScriptedWorld(), ScriptedWorld())
        let kept = ChildSpec.scripted("kept", world)
        let tree = fixture.makeTree([kept, .scripted("changed", other)], world: gateway)
        let run = Task { try await tree.run() }
        await fixture.log.waitForState("running", of: "changed")
        await fixture.wait { world.isRunning }
        let before = try #require(await tree.report())
        let children = [kept, .scripted("changed", other, version: -1)]
        await tree.update(root: .scripted("gateway", gateway, children: children))
        await fixture.log.wait { event in
            guard case .childRemoved(let identity, isFinal: false) = event else { return false }
            return identity.path.name == "changed"
        }
        await fixture.log.waitForState("running", of: "changed")
        let after = try #require(await tree.report())
        #expect(after.id == before.id)
        #expect(after.children[0].id == before.children[0].id)
        #expect(after.children[1].id != before.children[1].id)
        #expect(world.starts == 1)
        #expect(other.starts == 2)
        await tree.shutDown()
        try await run.value
    }

    @Test("a dependency that is missing when a worker is made is an error that names it")
    func missingDependency() async throws {
        var factory = WorkerFactory()
        factory.register(ScriptedWorker.self) { context, configuration in
            let key = DependencyKey<String>("channelProvider")
            if context.identity.path.name == "child" { _ = try context.dependencies.value(key) }
            return ScriptedWorker(context: context, configuration: configuration)
        }
        let tree = fixture.makeTree([.scripted("child", world)], factory: factory)
        let run = Task { try await tree.run() }
        await fixture.log.wait { event in
            if case .childCreationFailed(_, let error, _) = event { error.contains("channelProvider") } else { false }
        }
        #expect(await tree.report()?.children.first?.reason?.contains("channelProvider") == true)
        await tree.shutDown()
        try await run.value
    }
}
