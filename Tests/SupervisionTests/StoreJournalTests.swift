import SupervisionTesting
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct StoreJournalTests {
    private let store = RecordingStore()
    private let key = WorkerKey(type: "scripted", path: HierarchyPath(root: "gateway"))

    private func change(_ text: String) -> StoreChange { .put(Document(.desired, of: key, [text])) }

    /// Runs a journal to its end and returns whose documents it told to be safe, one entry per transaction.
    private func run(_ journal: StoreJournal) async -> [[SupervisorID]] {
        let told = AsyncStream.makeStream(of: [SupervisorID].self)
        await journal.run { told.continuation.yield($0) }
        told.continuation.finish()
        return await told.stream.reduce(into: []) { $0.append($1) }
    }

    @Test("what was added together is written in one transaction, in its order, and its owners are told")
    func batch() async {
        let journal = StoreJournal(store: store)
        journal.append(change("first"), for: SupervisorID(number: 1))
        journal.append(change("second"), for: nil)
        journal.append(change("third"), for: SupervisorID(number: 2))
        journal.close()
        #expect(await run(journal) == [[SupervisorID(number: 1), SupervisorID(number: 2)]])
        #expect(store.json(.desired, of: key) == #"["third"]"#)
    }

    @Test("what is added while a transaction runs is written in the next one, and settling waits for it")
    func next() async {
        let journal = StoreJournal(store: store)
        store.holdCommits()
        let writing = Task { await run(journal) }
        journal.append(change("first"), for: SupervisorID(number: 1))
        journal.wake()
        while store.heldCount == 0 { await Task.yield() }
        journal.append(change("second"), for: SupervisorID(number: 2))
        let settled = Task {
            await journal.settle()
            return store.json(.desired, of: key)
        }
        store.releaseCommits()
        #expect(await settled.value == #"["second"]"#)
        journal.close()
        #expect(await writing.value == [[SupervisorID(number: 1)], [SupervisorID(number: 2)]])
    }

    @Test("settling with nothing to write returns")
    func nothing() async {
        let journal = StoreJournal(store: store)
        let writing = Task { await run(journal) }
        await journal.settle()
        journal.close()
        #expect(await writing.value.isEmpty)
    }
}
