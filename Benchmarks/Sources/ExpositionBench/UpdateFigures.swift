internal import CAllocations
internal import Exposition
internal import Synchronization

/// What an update of a series costs, alone and on several threads.
enum UpdateFigures {
    /// What no counter that several threads share can be faster than on this machine.
    private final class BareCounter: Sendable {
        private let value = Atomic<UInt64>(0)

        @inline(never)
        func increment() {
            value.wrappingAdd(1, ordering: .relaxed)
        }
    }

    private static let updates = 4_000_000
    private static let threads = 4

    static func measure() throws {
        let registry = MetricRegistry()
        let counters = try registry.counter("jobs_total", help: "Jobs.", labels: ["kind"])
        let own = try (0..<threads).map { try counters.labels("\($0)") }
        let histogram = try registry.histogram(
            "wait_seconds", help: "Waiting.", buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        ).labels()

        let counter = own[0]

        bench_note_allocations()
        let alone = nanoseconds { for _ in 0..<updates { counter.increment() } }
        let observing = nanoseconds { for step in 0..<updates { histogram.observe(Double(step & 7) * 0.02) } }
        bench_note_allocations()
        let bare = BareCounter()
        let bareAlone = nanoseconds { for _ in 0..<updates { bare.increment() } }
        ExpositionBench.say("counter_ns", alone)
        ExpositionBench.say("counter_bare_ratio", alone / bareAlone)
        ExpositionBench.say("histogram_ns", observing)
        ExpositionBench.say("update_allocations", Double(bench_allocations_over_notes(1)))

        // By the time of one thread that makes one thread's share: linear is the number of threads.
        let contended = nanoseconds {
            Threads.run(threads) { _ in for _ in 0..<updates { counter.increment() } }
        }
        let bareContended = nanoseconds {
            Threads.run(threads) { _ in for _ in 0..<updates { bare.increment() } }
        }
        let scaling = nanoseconds {
            Threads.run(threads) { index in
                let counter = own[index]
                for _ in 0..<updates { counter.increment() }
            }
        }
        ExpositionBench.say("counter_contended_ratio", contended / alone)
        ExpositionBench.say("counter_contended_bare_ratio", contended / bareContended)
        ExpositionBench.say("counter_scaling_ratio", scaling / alone)
    }

    /// The time that `body` takes by the number of updates that one thread makes in it.
    private static func nanoseconds(_ body: () -> Void) -> Double {
        ContinuousClock().measure(body) / .nanoseconds(1) / Double(updates)
    }
}
