internal import Glibc

/// Ends what children have left behind outside their groups: processes that left their session and whose parents are gone.
///
/// The kernel hands such orphans to a process whose reactor adopts them. To be used once no child runs any more, and while
/// the reactor still reaps: every child of this process counts as an orphan then.
public enum OrphanSweep {
    /// How long orphans may take to vanish after SIGKILL.
    private static let killLimit = Duration.seconds(5)

    /// Ends all orphans, and those that appear when an orphan ends: SIGTERM, then SIGKILL.
    ///
    /// Works on a thread of its own. What survives SIGKILL is left to the system.
    ///
    /// - Parameter grace: how long the orphans may take to end by themselves.
    /// - Returns: how many orphans were found.
    /// - Throws: `statisticsUnavailable` or `reactorUnavailable`.
    public static func run(grace: Duration) async throws(ProcessControlError) -> Int {
        try await DedicatedThread.run(name: "orphans") { () throws(ProcessControlError) in
            try runHere(grace: grace)
        }
    }

    private static func runHere(grace: Duration) throws(ProcessControlError) -> Int {
        let start = ContinuousClock.now
        let killing = start.advanced(by: grace)
        let end = killing.advanced(by: killLimit)
        var asked: Set<Int32> = []
        while true {
            let orphans = try ProcessTable.processes { $0.parent == getpid() && !$0.isDead }
            let now = ContinuousClock.now
            if orphans.isEmpty || now >= end {
                return asked.count
            }
            for orphan in orphans {
                if now >= killing {
                    orphan.send(.kill)
                } else if !asked.contains(orphan.pid) {
                    orphan.send(.terminate)
                }
                asked.insert(orphan.pid)
            }
            ProcStat.waitForAny(orphans, within: now.duration(to: now < killing ? killing : end))
        }
    }
}
