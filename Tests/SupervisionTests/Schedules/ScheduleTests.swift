import FoundationEssentials
import Testing

/// Random schedules against the whole engine, without time passing.
///
/// A failure names its seed; `GATEWARDEN_TEST_SEED=n` runs that one alone and prints its events.
@Suite("Random schedules") struct ScheduleTests {
    private static let schedulesPerCase = 250
    private static let seed = ProcessInfo.processInfo.environment["GATEWARDEN_TEST_SEED"].flatMap { UInt64($0) }

    @Test("whatever happens in whatever order, the invariants hold and everything recovers", arguments: 0..<40)
    func invariants(range: Int) async throws {
        guard Self.seed == nil else { return }
        let first = UInt64(range * Self.schedulesPerCase)
        for seed in first..<first + UInt64(Self.schedulesPerCase) {
            try await Schedule(seed: seed).run()
            // The other suites wait for answers meanwhile; they must not wait for all schedules.
            await Task.yield()
        }
    }

    @Test("the schedule of one seed", .enabled(if: seed != nil))
    func single() async throws {
        let schedule = Schedule(seed: try #require(Self.seed))
        defer { print(schedule.trace) }
        try await schedule.run()
    }

    @Test("the schedules reach everything that they are meant to reach")
    func reach() async throws {
        var reached: Set<String> = []
        for seed in 0..<UInt64(200) {
            let schedule = Schedule(seed: seed)
            try await schedule.run()
            reached.formUnion(schedule.reached)
        }
        let expected: Set = [
            "success", "failure", "timeout", "abandoned", "action refused", "action awaited",
            "action outlasted", "opened", "still open", "attempt failed", "last attempt", "escalated", "recovered",
            "reset", "restart", "duplicate restart", "creation failed", "decision failed", "observation stale",
        ]
        #expect(expected.subtracting(reached).isEmpty)
    }
}
