import JSONLogging
import Logging
import SupervisionTesting
import Synchronization
import Testing

@Suite("RuntimeLogLevel", .timeLimit(.minutes(1)))
struct RuntimeLogLevelTests {
    private let levels = LogLevelControl()
    private let clock = ManualClock()

    private func make(_ onReturn: @escaping @Sendable (LogLevelPlan) -> Void = { _ in }) -> RuntimeLogLevel {
        RuntimeLogLevel(levels, configured: .info, clock: clock, onReturn: onReturn)
    }

    @Test("the configured level counts, and what an operator sets counts before it")
    func choose() {
        let level = make()
        #expect(levels.level == .info)
        level.choose(.debug)
        #expect(levels.level == .debug)
        #expect(level.current().remaining == nil)
        level.choose(nil)
        #expect(levels.level == .info)
        #expect(!level.current().plan.isChosen)
    }

    @Test("a level that is set for some time goes back by itself, and says so once")
    func wayBack() async throws {
        let (returns, sink) = AsyncStream.makeStream(of: LogLevelPlan.self)
        let level = make { sink.yield($0) }
        level.choose(.trace, for: .seconds(600))
        #expect(levels.level == .trace)
        #expect(level.current().remaining == .seconds(600))
        clock.advance(by: .seconds(599))
        #expect(level.current().remaining == .seconds(1))
        #expect(levels.level == .trace)
        clock.advance(by: .seconds(1))
        let plan = try #require(await returns.first { _ in true })
        #expect(plan.level == .info)
        #expect(levels.level == .info)
        #expect(level.current().remaining == nil)
    }

    @Test("a new setting replaces an old one and its end")
    func replace() async throws {
        let (returns, sink) = AsyncStream.makeStream(of: LogLevelPlan.self)
        let level = make { sink.yield($0) }
        level.choose(.trace, for: .seconds(10))
        level.choose(.debug, for: .seconds(20))
        clock.advance(by: .seconds(10))
        #expect(levels.level == .debug)
        clock.advance(by: .seconds(10))
        _ = try #require(await returns.first { _ in true })
        #expect(levels.level == .info)
        level.choose(.trace, for: .seconds(10))
        level.choose(.error)
        clock.advance(by: .seconds(100))
        #expect(levels.level == .error)
    }

    @Test("a reload changes what is gone back to, and not what an operator has set")
    func reload() {
        let level = make()
        level.follow(configured: .warning)
        #expect(levels.level == .warning)
        level.choose(.debug)
        level.follow(configured: .error)
        #expect(levels.level == .debug)
        #expect(level.current().plan.configured == .error)
        level.choose(nil)
        #expect(levels.level == .error)
    }

    @Test("a plan ends at its moment, not before, and only once")
    func plan() {
        var plan = LogLevelPlan(configured: .notice)
        #expect(plan.expire(at: .seconds(1)) == false)
        plan.choose(.debug, for: .seconds(5), at: .seconds(10))
        #expect(plan.expire(at: .seconds(14.999)) == false)
        #expect(plan.level == .debug)
        #expect(plan.expire(at: .seconds(15)) == true)
        #expect(plan.level == .notice)
        #expect(plan.expire(at: .seconds(16)) == false)
    }
}
