internal import CBenchmark
internal import Glibc

/// Bounded waiting that a signal to the tool ends.
enum Pause {
    /// Sleeps for a duration.
    ///
    /// - Parameter duration: how long.
    /// - Throws: when the tool was told to end.
    static func sleep(_ duration: Duration) throws {
        let end = MonotonicTime.now + duration
        while true {
            try checkInterrupt()
            let rest = end.milliseconds(since: .now)
            guard rest > 0 else { return }
            usleep(UInt32(min(rest, 500) * 1000))
        }
    }

    /// Asks again and again until the answer is yes.
    ///
    /// - Parameters:
    ///   - what: what is waited for, for the error.
    ///   - limit: how long at most.
    ///   - period: the pause between two questions.
    ///   - isDone: the question.
    /// - Throws: when the limit passed, or the tool was told to end.
    static func until(
        _ what: String,
        limit: Duration = .seconds(30),
        period: Duration = .milliseconds(2),
        _ isDone: () throws -> Bool
    ) throws {
        let end = MonotonicTime.now + limit
        while try !isDone() {
            guard MonotonicTime.now < end else { throw BenchmarkError("\(what): not within \(limit)") }
            try sleep(period)
        }
    }

    /// Ends the work in hand when the tool was told to end.
    static func checkInterrupt() throws {
        let signal = bench_noted_interrupt()
        if signal != 0 { throw BenchmarkError("interrupted by signal \(signal)") }
    }
}
