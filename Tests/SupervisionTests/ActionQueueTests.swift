import Testing

@testable import Supervision

@Suite struct ActionQueueTests {
    private func request(_ name: String) -> ActionRequest {
        .example(name)
    }

    @Test("as many run as there are workers, the rest waits in order, one more is refused")
    func bounds() {
        var queue = ActionQueue(workers: 1, limit: 2)
        #expect(queue.admit(request("a")) == (.accepted, true))
        #expect(queue.admit(request("b")) == (.accepted, false))
        #expect(queue.admit(request("c")) == (.accepted, false))
        #expect(queue.admit(request("d")) == (.queueFull, false))
        #expect(queue.finish(HierarchyPath(root: "a"))?.path.description == "b")
        #expect(queue.finish(HierarchyPath(root: "b"))?.path.description == "c")
        #expect(queue.finish(HierarchyPath(root: "c")) == nil)
        #expect(queue.running.isEmpty && queue.waitingCount == 0)
    }

    @Test("a child has at most one action, running or waiting")
    func onePerChild() {
        var queue = ActionQueue(workers: 1, limit: 2)
        _ = queue.admit(request("a"))
        _ = queue.admit(request("b"))
        #expect(queue.admit(request("a")) == (.alreadyInProgress, false))
        #expect(queue.admit(request("b")) == (.alreadyInProgress, false))
        #expect(queue.isInProgress(HierarchyPath(root: "b")))
    }

    @Test("equal names in two places of the tree do not collide")
    func keyedByPath() {
        var queue = ActionQueue(workers: 2, limit: 2)
        #expect(queue.admit(request("gateway/a/read")) == (.accepted, true))
        #expect(queue.admit(request("gateway/b/read")) == (.accepted, true))
    }

    @Test("a closed queue takes nothing and forgets what waits")
    func closed() {
        var queue = ActionQueue(workers: 1, limit: 2)
        _ = queue.admit(request("a"))
        _ = queue.admit(request("b"))
        queue.close()
        #expect(queue.admit(request("c")) == (.shuttingDown, false))
        #expect(queue.finish(HierarchyPath(root: "a")) == nil)
        #expect(queue.running.isEmpty && queue.waitingCount == 0)
    }
}
