import ProcessControl
import Testing

@Suite("ChildLifecycle and DrainSchedule")
struct ChildLifecycleTests {
    @Test("after a crash the rest of the group is killed until it is gone")
    func crash() {
        var lifecycle = ChildLifecycle()
        #expect(lifecycle.leaderDied() == .killGroupAndReap)
        #expect(lifecycle.groupChecked(isEmpty: false) == .killAgain)
        #expect(lifecycle.phase == .draining)
        #expect(lifecycle.groupChecked(isEmpty: true) == .sweep)
        #expect(lifecycle.phase == .sweeping)
        #expect(lifecycle.escapeesChecked(areGone: false) == .kill)
        #expect(lifecycle.escapeesChecked(areGone: true) == .end)
        #expect(lifecycle.phase == .ended)
        #expect(!lifecycle.stopRequested)
    }

    @Test("after a requested stop the rest of the group may finish, until a kill is asked for")
    func stop() {
        var lifecycle = ChildLifecycle()
        lifecycle.terminationRequested()
        #expect(lifecycle.leaderDied() == .reap)
        #expect(lifecycle.groupChecked(isEmpty: false) == .wait)
        lifecycle.killRequested()
        #expect(lifecycle.groupChecked(isEmpty: false) == .killAgain)
        #expect(lifecycle.groupChecked(isEmpty: true) == .sweep)
        #expect(lifecycle.escapeesChecked(areGone: true) == .end)
        #expect(lifecycle.stopRequested)
    }

    @Test("after a requested stop those that have left the group are asked to end, until a kill is asked for")
    func sweep() {
        var lifecycle = ChildLifecycle()
        lifecycle.terminationRequested()
        _ = lifecycle.leaderDied()
        #expect(lifecycle.groupChecked(isEmpty: true) == .sweep)
        #expect(lifecycle.escapeesChecked(areGone: false) == .terminate)
        lifecycle.killRequested()
        #expect(lifecycle.escapeesChecked(areGone: false) == .kill)
        #expect(lifecycle.phase == .sweeping)
        #expect(lifecycle.escapeesChecked(areGone: true) == .end)
    }

    @Test("a kill counts as a requested stop and takes the whole group")
    func kill() {
        var lifecycle = ChildLifecycle()
        lifecycle.killRequested()
        #expect(lifecycle.leaderDied() == .killGroupAndReap)
        #expect(lifecycle.stopRequested)
    }

    @Test("a drain is looked at less and less often, every process more and more rarely")
    func schedule() {
        var schedule = DrainSchedule()
        var delays: [Duration] = []
        var scans: [Int] = []
        for check in 0..<100 {
            if schedule.needsScan {
                scans.append(check)
            }
            delays.append(schedule.next())
        }
        #expect(Array(delays.prefix(6)) == [1, 2, 4, 8, 16, 20].map { Duration.milliseconds($0) })
        #expect(delays.last == .milliseconds(20))
        #expect(scans == [16, 32, 64])
    }
}
