internal import Synchronization

/// What other threads ask of the reactor.
///
/// Bounded: at most `spawnLimit` spawns wait, further ones are refused; signals are coalesced per living child.
final class ReactorMailbox: Sendable {
    /// A start that was asked for.
    struct Spawn: Sendable {
        let spec: ProcessSpec
        let childPath: String?
        let gate: (any OutputGate)?
        let onOutput: @Sendable (OutputLine) -> Void
        let onExit: @Sendable (ProcessExit) -> Void
        let reply: CheckedContinuation<Result<ChildProcess, ProcessControlError>, Never>
    }

    /// What was asked for one child and not done yet.
    struct PendingSignals: Equatable, Sendable {
        var terminate = false
        var kill = false
        /// Bit n stands for signal n + 1.
        var toLeader: UInt64 = 0
    }

    /// Everything that the reactor is to do next.
    struct Delivery: Sendable {
        let signals: [UInt64: PendingSignals]
        let spawns: [Spawn]
        let hasMore: Bool
        let isClosing: Bool
    }

    static let spawnLimit = 4096

    private let poller: ReactorPoller
    private let state = Mutex(State())

    init(poller: ReactorPoller) {
        self.poller = poller
    }

    /// Asks for a start; its reply is used exactly once.
    func submit(_ spawn: Spawn) {
        let refusal = state.withLock { state -> ProcessControlError? in
            if state.isClosing {
                return Self.closed(spawn.spec)
            }
            if state.spawns.count >= Self.spawnLimit {
                return Self.busy(spawn.spec)
            }
            state.spawns.append(spawn)
            return nil
        }
        if let refusal {
            spawn.reply.resume(returning: .failure(refusal))
        } else {
            poller.wake()
        }
    }

    /// Asks for signals to a child; does nothing if it has ended.
    func post(to key: UInt64, _ change: (inout PendingSignals) -> Void) {
        let isAlive = state.withLock { state in
            guard state.living.contains(key) else {
                return false
            }
            change(&state.signals[key, default: PendingSignals()])
            return true
        }
        if isAlive {
            poller.wake()
        }
    }

    /// Asks the reactor to end every child and itself.
    func close() {
        state.withLock { $0.isClosing = true }
        poller.wake()
    }

    /// Waits until the reactor has ended.
    func awaitEnd() async {
        await withCheckedContinuation { waiter in
            let hasEnded = state.withLock { state in
                if !state.hasEnded {
                    state.waiters.append(waiter)
                }
                return state.hasEnded
            }
            if hasEnded {
                waiter.resume()
            }
        }
    }

    /// Takes what is waiting, but at most so many spawns; all of them if the reactor is to end, since each needs a reply.
    func take(spawns limit: Int) -> Delivery {
        state.withLock { state in
            let spawns = Array(state.spawns.prefix(state.isClosing ? Self.spawnLimit : limit))
            state.spawns.removeFirst(spawns.count)
            let signals = state.signals
            state.signals.removeAll(keepingCapacity: true)
            return Delivery(
                signals: signals,
                spawns: spawns,
                hasMore: !state.spawns.isEmpty,
                isClosing: state.isClosing
            )
        }
    }

    /// A child has begun: signals for it are accepted.
    func began(_ key: UInt64) {
        state.withLock { _ = $0.living.insert(key) }
    }

    /// A child has ended: signals for it are void.
    func ended(_ key: UInt64) {
        state.withLock { state in
            state.living.remove(key)
            state.signals[key] = nil
        }
    }

    /// The reactor's thread is done.
    func reactorEnded() {
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.waiters.removeAll() }
            return state.waiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    /// The error of a start after the end.
    static func closed(_ spec: ProcessSpec) -> ProcessControlError {
        ProcessControlError(
            .reactorClosed,
            "cannot start \(spec.executable): process control is shut down",
            remedy: "start no process during shutdown"
        )
    }

    private static func busy(_ spec: ProcessSpec) -> ProcessControlError {
        ProcessControlError(
            .reactorBusy,
            "cannot start \(spec.executable): \(spawnLimit) starts are waiting already",
            remedy: "start fewer processes at a time"
        )
    }

    private struct State {
        var spawns: [Spawn] = []
        var signals: [UInt64: PendingSignals] = [:]
        var living: Set<UInt64> = []
        var isClosing = false
        var hasEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
}
