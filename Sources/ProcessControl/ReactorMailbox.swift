internal import Synchronization

/// What other threads ask of the reactor.
///
/// Bounded: at most `startLimit` spawns and adoptions wait, further ones are refused; signals are coalesced per living child.
final class ReactorMailbox: Sendable {
    /// A child that was asked for.
    struct Start: Sendable {
        /// What it is.
        enum Subject: Sendable {
            /// A program to start, and the name under which it is recorded.
            case program(ProcessSpec, recordedAs: String?)
            /// A child of an earlier gateway.
            case adoptable(AdoptableChild)
        }

        let subject: Subject
        let handlers: ChildHandlers
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
        let starts: [Start]
        let hasMore: Bool
        let isClosing: Bool
    }

    static let startLimit = 4096

    private let poller: ReactorPoller
    private let state = Mutex(State())

    init(poller: ReactorPoller) {
        self.poller = poller
    }

    /// Asks for a start; its reply is used exactly once.
    func submit(_ start: Start) {
        let refusal = state.withLock { state -> ProcessControlError? in
            if state.isClosing {
                return Self.closed(start)
            }
            if state.starts.count >= Self.startLimit {
                return Self.busy(start)
            }
            state.starts.append(start)
            return nil
        }
        if let refusal {
            start.reply.resume(returning: .failure(refusal))
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

    /// Takes what is waiting, but at most so many starts; all of them if the reactor is to end, since each needs a reply.
    func take(starts limit: Int) -> Delivery {
        state.withLock { state in
            let starts = Array(state.starts.prefix(state.isClosing ? Self.startLimit : limit))
            state.starts.removeFirst(starts.count)
            let signals = state.signals
            state.signals.removeAll(keepingCapacity: true)
            return Delivery(
                signals: signals,
                starts: starts,
                hasMore: !state.starts.isEmpty,
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
    static func closed(_ start: Start) -> ProcessControlError {
        ProcessControlError(
            .reactorClosed,
            "cannot \(start.subject.phrase): process control is shut down",
            remedy: "start no process during shutdown"
        )
    }

    private static func busy(_ start: Start) -> ProcessControlError {
        ProcessControlError(
            .reactorBusy,
            "cannot \(start.subject.phrase): \(startLimit) starts are waiting already",
            remedy: "start fewer processes at a time"
        )
    }

    private struct State {
        var starts: [Start] = []
        var signals: [UInt64: PendingSignals] = [:]
        var living: Set<UInt64> = []
        var isClosing = false
        var hasEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
}

extension ReactorMailbox.Start.Subject {
    /// What was asked for, after "cannot".
    fileprivate var phrase: String {
        switch self {
        case .program(let spec, recordedAs: _): "start \(spec.executable)"
        case .adoptable(let child): "adopt process \(child.pid) as \(child.childPath)"
        }
    }
}
