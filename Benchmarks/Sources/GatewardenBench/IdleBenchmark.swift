/// What a supervisor uses while nothing happens.
enum IdleBenchmark {
    /// Watches one supervisor for some windows, all its processes but the children together.
    static func measure(_ supervisor: any Supervisor, _ session: Session) throws {
        // Each window is long enough to even things out: three do.
        let rounds = min(session.rounds, 3)
        try session.withRun(of: supervisor) { run in
            try Pause.sleep(.seconds(3))
            let processes = run.supervisorProcesses()
            var loads: [Double] = []
            var residents: [Double] = []
            var proportionals: [Double] = []
            for _ in 0..<rounds {
                try loads.append(processorShare(of: processes, over: session.window))
                residents.append(sum(processes, \.residentMegabytes))
                proportionals.append(sum(processes, \.proportionalMegabytes))
            }
            session.record(.idleProcessor, of: supervisor, loads)
            session.record(.idleResident, of: supervisor, residents)
            session.record(.idleProportional, of: supervisor, proportionals)
            session.record(.idleThreads, of: supervisor, [sum(processes, \.threads)])
            session.record(.idleDescriptors, of: supervisor, [sum(processes, \.descriptors)])
        }
    }

    /// The percentage of one core that the processes use during the window.
    private static func processorShare(of processes: [ProcessFigures], over window: Duration) throws -> Double {
        let begin = MonotonicTime.now
        let used = sum(processes, \.processorSeconds)
        try Pause.sleep(window)
        let milliseconds = MonotonicTime.now.milliseconds(since: begin)
        return (sum(processes, \.processorSeconds) - used) * 1000 / milliseconds * 100
    }

    private static func sum(_ processes: [ProcessFigures], _ figure: (ProcessFigures) -> Double?) -> Double {
        processes.compactMap(figure).reduce(0, +)
    }
}
