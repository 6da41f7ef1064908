import SupervisionTesting
import Testing

@testable import Supervision

@Suite struct SiblingsTests {
    private func slot(_ name: String, dependsOn: [String] = [], isHeldStopped: Bool = false) -> ChildSlot {
        ChildSlot(.scripted(name, dependsOn: dependsOn), isHeldStopped: isHeldStopped)
    }

    @Test("children are found by their names and ordered by their dependencies")
    func order() throws {
        let siblings = try Siblings([slot("flow", dependsOn: ["broker"]), slot("broker")], revision: 3)
        #expect(siblings.positions == ["flow": 0, "broker": 1])
        #expect(siblings.dependencies.order == [1, 0])
        #expect(siblings.revision >= 3)
    }

    @Test("two children of one name are an error that names them")
    func duplicate() {
        let error = #expect(throws: SupervisionError.self) { try Siblings([slot("a"), slot("a")], revision: 0) }
        #expect(error?.code == .duplicateChild)
        #expect(error?.message.contains("named a") == true)
    }

    @Test("a child that is being removed no longer needs what it depended on to be declared")
    func removed() throws {
        let leaving = slot("flow", dependsOn: ["gone"])
        leaving.remove()
        #expect(try Siblings([leaving], revision: 0).dependencies.order == [0])
    }

    @Test("a child that was not made counts as wanted, failed and at rest; one that is held does not count")
    func states() throws {
        let siblings = try Siblings([slot("a"), slot("b", isHeldStopped: true)], revision: 0)
        let states = siblings.states
        #expect(states.childState("a") == "failed")
        #expect(states.childState("nobody") == nil)
        #expect((states.wanted, states.ready) == (1, 0))
        #expect(states.areAllAtRest)
    }

    @Test("a change of how a child stands counts from its refresh on, and is a new revision; no change is none")
    func refresh() throws {
        let child = slot("a")
        var siblings = try Siblings([child], revision: 0)
        let first = siblings.revision
        child.isHeldStopped = true
        let wanted = siblings.states.wanted
        let news = [siblings.refresh(0), siblings.refresh(0)]
        #expect(wanted == 1)
        #expect(news == [true, false])
        #expect(siblings.states.wanted == 0)
        #expect(siblings.revision == first + 1)
    }
}
