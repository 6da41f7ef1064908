import Exposition
import JSONLogging
import ProcessControl
import Supervision
import Synchronization

/// The account of one child's processes: what runs, how often it ran, what it wrote.
final class ChildAccount: Sendable {
    /// What is known of the process that runs.
    struct Current: Sendable {
        let child: ChildProcess
        /// The time since 1970 at which it was started.
        let startedAt: Duration
    }

    private struct State {
        var current: Current?
        /// The news of a very short life's end may overtake those of its start.
        var lastEnded: ChildProcess?
        var starts = 0
        /// The processor time of the processes that have ended.
        var endedCPUTime = Duration.zero
        /// What was last told of the processor time: a counter never goes back, also where a process ends whose
        /// descendants are not in its own account.
        var toldCPUTime = Duration.zero
    }

    /// The last lines that the child wrote.
    let output = OutputRing()
    /// What is kept of its output.
    let limits: ChildOutputLimits
    /// How many lines are kept.
    let flood: ChildOutputFlood
    private let file: ChildOutputFile?
    private let path: HierarchyPath
    private let metrics: ChildMetrics
    private let up: GaugeSeries
    private let restarts: CounterSeries
    private let exits: [ExitReason: CounterSeries]
    private let lines: [OutputLine.Stream: CounterSeries]
    private let dropped: CounterSeries
    private let state = Mutex(State())

    /// Opens an account.
    ///
    /// - Parameters:
    ///   - path: the child.
    ///   - metrics: the families of its series.
    ///   - limits: what is kept of its output.
    ///   - files: brings its output to disk; nil for nowhere.
    /// - Throws: a label that breaks the rules: a mistake in the program.
    init(
        path: HierarchyPath,
        metrics: ChildMetrics,
        limits: ChildOutputLimits,
        files: ChildOutputFiles?
    ) throws(ExpositionError) {
        self.path = path
        self.metrics = metrics
        self.limits = limits
        flood = ChildOutputFlood(limits)
        let child = path.description
        up = try metrics.up.labels(child)
        restarts = try metrics.restarts.labels(child)
        let dropped = try metrics.logLinesDropped.labels(child)
        self.dropped = dropped
        file = files?.makeFile(of: path, limits: limits) { dropped.increment(by: $0) }
        var exits: [ExitReason: CounterSeries] = [:]
        for reason in ExitReason.allCases { exits[reason] = try metrics.exits.labels(child, reason.rawValue) }
        self.exits = exits
        var lines: [OutputLine.Stream: CounterSeries] = [:]
        for stream in OutputLine.Stream.allCases { lines[stream] = try metrics.logLines.labels(child, stream.rawValue) }
        self.lines = lines
    }

    /// The process that runs, or nil.
    var current: Current? { state.withLock { $0.current } }

    /// The starts after the first one.
    var restartCount: Int { state.withLock { max(0, $0.starts - 1) } }

    /// Notes a start.
    func noteStart(_ child: ChildProcess, at startedAt: Duration) {
        let (isRestart, isUp) = state.withLock { state in
            if state.lastEnded != child { state.current = Current(child: child, startedAt: startedAt) }
            state.starts += 1
            return (state.starts > 1, state.current != nil)
        }
        up.set(isUp ? 1 : 0)
        if isRestart { restarts.increment() }
    }

    /// Notes an end.
    func noteEnd(_ exit: ProcessExit) {
        state.withLock { state in
            state.endedCPUTime += exit.usage.userTime + exit.usage.systemTime
            state.lastEnded = exit.child
            if state.current?.child == exit.child { state.current = nil }
        }
        if current == nil { up.set(0) }
        exits[ExitReason(exit.status)]?.increment()
    }

    /// Counts lines as they are read, kept or not.
    func noteRead(_ count: LineCount, of stream: OutputLine.Stream) {
        lines[stream]?.increment(by: count.total)
        dropped.increment(by: count.dropped)
    }

    /// Keeps a line; one that is cut, or does not get to its file, counts as dropped.
    func keep(_ line: OutputLine, at time: WallTime) {
        output.append(line, at: time.sinceEpoch)
        let isWritten = file?.write(line, at: time) ?? true
        if line.isTruncated || !isWritten { dropped.increment() }
    }

    /// Adds what the running process and its descendants use to a scrape; reads `/proc`.
    ///
    /// - Parameters:
    ///   - samples: the scrape.
    ///   - sessions: what the sessions of the machine use; nil counts a process without a cgroup alone.
    func collect(_ samples: inout CollectedSamples, _ sessions: SessionTotals?) {
        let current = current
        // A process that has gone since is not a failure: the next scrape shows that it is down.
        let now = current.flatMap { try? ProcessStatistics.read($0.child, sessions: sessions) }
        let cpuTime = state.withLock { state in
            let isStillCurrent = state.current?.child == current?.child
            let total = state.endedCPUTime + (isStillCurrent ? now?.cpuTime ?? .zero : .zero)
            state.toldCPUTime = max(state.toldCPUTime, total)
            return state.toldCPUTime
        }
        let running = current.flatMap { current in now.map { (current.startedAt, $0) } }
        metrics.usage.collect(&samples, ChildUsage(cpuTime: cpuTime, now: running), path.description)
    }

    /// Takes the series of the child out of the exposition.
    func close() {
        metrics.up.remove(up)
        metrics.restarts.remove(restarts)
        metrics.logLinesDropped.remove(dropped)
        for series in exits.values { metrics.exits.remove(series) }
        for series in lines.values { metrics.logLines.remove(series) }
    }
}
