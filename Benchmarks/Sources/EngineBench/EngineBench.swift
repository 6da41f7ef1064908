internal import Glibc
internal import Supervision

/// Supervises idle workers for a while and prints what that cost, one `name value` a line.
///
/// Arguments: the number of children, and how many seconds they are watched.
@main
struct EngineBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let children = Int(arguments[1]), let seconds = Int(arguments[2]) else {
            print("usage: EngineBench CHILDREN SECONDS")
            exit(2)
        }
        let log = TickLog(count: children + 1)
        let tree = makeTree(children, log)
        let clock = ContinuousClock()
        let begun = clock.now
        let run = Task { try await tree.run() }
        await log.waitUntilReady()
        say("start_ms", begun.duration(to: clock.now) / .milliseconds(1))

        // Measured from a quiet state: the first observations and their news are past.
        try await Task.sleep(for: .seconds(2))
        log.begin()
        let (cpu, window) = (processorTime(), clock.now)
        try await Task.sleep(for: .seconds(seconds))
        let elapsed = window.duration(to: clock.now)
        let used = processorTime() - cpu
        report(log.ticks, children, elapsed, used)

        let stopped = clock.now
        await tree.shutDown()
        try await run.value
        say("stop_ms", stopped.duration(to: clock.now) / .milliseconds(1))
    }

    private static func makeTree(_ count: Int, _ log: TickLog) -> SupervisionTree<AllocationClock> {
        var factory = WorkerFactory()
        factory.register(IdleWorker.self) { context, _ in IdleWorker(name: context.identity.path.description) }
        let names = (1...count).map { "child-\($0)" }
        let children = names.map {
            ChildSpec(name: $0, workerType: IdleWorker.type, configuration: IdleWorker.Configuration())
        }
        // As many checks of each child as the product makes of a process.
        let checks = names.flatMap { name in
            [
                ConsistencyCheck.trouble("crash_loop", of: name, impact: .singleWorker),
                .trouble("readiness_failed", of: name, impact: .singleWorker),
                .stale(name, impact: .singleWorker),
            ]
        }
        let root = ChildSpec(
            name: "bench",
            workerType: IdleWorker.type,
            configuration: IdleWorker.Configuration(children: children, checks: checks)
        )
        var settings = SupervisionSettings()
        settings.actionQueueLimit = 100_000
        return SupervisionTree(
            root: root,
            factory: factory,
            store: VoidStore(),
            settings: settings,
            clock: AllocationClock(),
            observer: log
        )
    }

    private static func report(_ ticks: [TickLog.Tick], _ children: Int, _ elapsed: Duration, _ used: Duration) {
        guard !ticks.isEmpty else { return }
        let total = ticks.reduce(Duration.zero) { $0 + $1.duration }
        let allocations = ticks.reduce(0) { $0 + $1.allocations }
        say("ticks_per_second", Double(ticks.count) / (elapsed / .seconds(1)))
        say("overruns", Double(ticks.count { $0.overran }))
        say("tick_us_per_child", total / .microseconds(1) / Double(ticks.count * children))
        say("allocations_per_child_tick", Double(allocations) / Double(ticks.count * children))
        say("cpu_percent", used / elapsed * 100)
        say("rss_mb", residentMegabytes())
    }

    private static func say(_ name: String, _ value: Double) {
        print(name, value)
    }

    private static func processorTime() -> Duration {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return .seconds(seconds) + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }

    private static func residentMegabytes() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // The most that was ever resident, in kilobytes.
        return Double(usage.ru_maxrss) * 1024 / 1e6
    }
}
