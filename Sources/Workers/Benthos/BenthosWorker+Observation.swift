import Probes
import ProcessControl
import Synchronization

extension BenthosWorker {
    /// How often a flow that is coming up is asked whether it answers; source: a real one answers after 0.12 s.
    private static let startupPeriod = Duration.milliseconds(100)

    /// The probes of a flow that is being started: everything else is seen by looking at it.
    static func probes(port: Int, within time: Duration) -> ProcessProbes {
        ProcessProbes(
            startup: ProbeConfiguration(
                kind: .http(HTTPProbe(url: "http://127.0.0.1:\(port)/ping", expectedStatus: 200)),
                period: startupPeriod,
                failureThreshold: max(1, Int(time / startupPeriod))
            )
        )
    }

    /// Finds out once per start who listens on the flow's port: whoever answers need not be who was started.
    ///
    /// Nobody can take the port from a process that listens on it, so once is enough.
    func findHolder(of port: Int, _ child: ChildProcess) {
        guard !flow.withLock({ $0.isListenerKnown }) else { return }
        switch ListeningSocket.owner(ofLoopbackPort: UInt16(clamping: port), child: child.pid) {
        case .owned:
            flow.withLock { $0.isListenerKnown = true }
        case .other(let pid, let name):
            noteHolder(ListeningSocket.inWords(pid, name), of: port)
        case .nobody, .unknown:
            break
        }
    }

    /// Takes in a line of the flow's log; called on the thread that watches all processes.
    func note(_ line: String) {
        let now = dependencies.now()
        let isConflict = flow.withLock { flow in
            flow.signals.note(line, at: now)
            return flow.signals.httpServerFailure != nil && flow.portHolder == nil
        }
        guard isConflict, let port = flow.withLock({ $0.port }) else { return }
        noteHolder("another process", of: port)
    }

    private func noteHolder(_ holder: String, of port: Int) {
        flow.withLock { flow in
            flow.portHolder = holder
            flow.isListenerKnown = true
        }
        dependencies.ports.avoid(port)
        attention()
    }

    /// What is known now, and for how long work may wait before the flow counts as stalled.
    func makeObservation() -> (BenthosObservation, stallAfter: Duration?) {
        let process = runner.observation
        return flow.withLock { flow in
            let observation = BenthosObservation(
                process: process,
                condition: process.isRunning ? flow.condition : nil,
                port: flow.port,
                portHolder: flow.portHolder,
                running: process.isRunning ? flow.running : nil,
                lastGood: flow.lastGood,
                // What nobody wants any more is not missed either.
                refused: flow.refused.flatMap { $0.revision == flow.plan?.revision ? $0 : nil }
            )
            return (observation, flow.plan?.configuration.stallAfter)
        }
    }
}
