import ProcessControl
import Testing

@Suite("SessionTotals", .timeLimit(.minutes(1)))
struct SessionTotalsTests {
    @Test("a child counts with all processes of its session, those that have ended included")
    func session() async throws {
        let reactor = try ProcessReactor()
        let watched = Watched()
        let script = """
            sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'
            sh -c 'echo worked; sleep 1000' & wait
            """
        let child = try await watched.start(.shell(script), on: reactor)
        #expect(try await watched.line() == "worked")
        let alone = try ProcessStatistics.read(child)
        let whole = try ProcessStatistics.read(child, sessions: SessionTotals())
        #expect(whole.cpuTime > alone.cpuTime)
        #expect(whole.residentBytes > alone.residentBytes)
        #expect(whole.startTicks == child.startTicks)
        reactor.kill(child)
        _ = try await watched.exit()
        #expect {
            _ = try ProcessStatistics.read(child, sessions: SessionTotals())
        } throws: {
            ($0 as? ProcessControlError)?.code == .processGone
        }
    }
}
