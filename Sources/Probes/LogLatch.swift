import Synchronization

/// What the lines of one process mean to its log probes, from its start on.
///
/// Bounded: keeps one verdict for each probe, of which a process has three at most, and no lines but those that meant
/// failure.
final class LogLatch: Sendable {
    private let verdicts: Mutex<[LogProbe: LogVerdict]>

    /// Makes a latch for a process that has said nothing yet.
    init(_ probes: [LogProbe]) {
        let verdicts = probes.map { ($0, LogVerdict($0)) }
        // The same probe twice has the same verdict.
        self.verdicts = Mutex(Dictionary(verdicts) { first, _ in first })
    }

    /// Judges the next line.
    func note(_ line: String) {
        verdicts.withLock { verdicts in
            for index in verdicts.values.indices { verdicts.values[index].note(line) }
        }
    }

    /// Takes the lines of success for said where none that means something was heard.
    func assumeSuccess() {
        verdicts.withLock { verdicts in
            for index in verdicts.values.indices { verdicts.values[index].assumeSuccess() }
        }
    }

    /// What was said so far; silent for a probe that the latch was not made for.
    func answer(to probe: LogProbe) -> LogVerdict.Answer {
        verdicts.withLock { $0[probe]?.answer ?? .silent }
    }
}
