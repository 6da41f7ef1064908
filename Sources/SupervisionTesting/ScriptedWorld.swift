import Supervision
import Synchronization

/// How an operation hangs.
public enum ScriptedHang: Sendable {
    /// Until it is cancelled, or released.
    case honoursCancellation
    /// Until it is released, whoever cancels it.
    case ignoresCancellation
}

/// The world of a ``ScriptedWorker``: what runs there is what the test says.
public final class ScriptedWorld: Sendable {
    private struct State {
        var isRunning = false
        var isReady = true
        var trouble: String?
        var decisionError: String?
        var starts = 0
        var failuresToCome = 0
        var observationError: String?
        var attempts: [Int] = []
        var observationHang: ScriptedHang?
        var actionHang: ScriptedHang?
        var hung: [AsyncStream<Void>.Continuation] = []
        var signal: (@Sendable () -> Void)?
    }

    /// The error that a scripted failure throws.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        /// The text for logs and messages.
        public let description: String
    }

    private let state = Mutex(State())

    /// Creates a world in which nothing runs.
    public init() {}

    /// How often something was started.
    public var starts: Int { state.withLock { $0.starts } }

    /// Whether something runs.
    public var isRunning: Bool { state.withLock { $0.isRunning } }

    /// Whether decisions, observations and starts all work.
    public var isFaultless: Bool {
        state.withLock { $0.decisionError == nil && $0.observationError == nil && $0.failuresToCome == 0 }
    }

    /// The attempts that the starts so far were told to be, also the failed ones.
    public var attempts: [Int] { state.withLock { $0.attempts } }

    /// Ends what runs, as a crash would, and tells the engine.
    public func crash() {
        change { $0.isRunning = false }
    }

    /// Makes what runs ready or not ready, and tells the engine.
    ///
    /// - Parameter isReady: whether it is.
    public func setReady(_ isReady: Bool) {
        change { $0.isReady = isReady }
    }

    /// Puts the child in trouble that it cannot put right, or out of it, and tells the engine.
    ///
    /// - Parameter trouble: what is wrong, or nil.
    public func setTrouble(_ trouble: String?) {
        change { $0.trouble = trouble }
    }

    /// Lets every decision of the state machine throw from now on, or none, and tells the engine.
    ///
    /// - Parameter error: the error's text, or nil.
    public func failDecisions(_ error: String?) {
        change { $0.decisionError = error }
    }

    /// Lets the next starts fail.
    ///
    /// - Parameter count: how many.
    public func failStarts(_ count: Int) {
        state.withLock { $0.failuresToCome = count }
    }

    /// Lets every observation fail from now on, or succeed again.
    ///
    /// - Parameter error: the error's text, or nil.
    public func failObservations(_ error: String?) {
        state.withLock { $0.observationError = error }
    }

    /// How many operations have begun to hang since the last ``release()``.
    public var hungCount: Int { state.withLock { $0.hung.count } }

    /// Lets every observation that begins from now on hang, or none.
    ///
    /// - Parameter hang: how, or nil.
    public func hangObservations(_ hang: ScriptedHang?) {
        state.withLock { $0.observationHang = hang }
    }

    /// Lets every action that begins from now on hang, or none.
    ///
    /// - Parameter hang: how, or nil.
    public func hangActions(_ hang: ScriptedHang?) {
        state.withLock { $0.actionHang = hang }
    }

    /// Lets everything that hangs go on.
    public func release() {
        let hung = state.withLock { state in
            defer { state.hung = [] }
            return state.hung
        }
        for operation in hung { operation.finish() }
    }

    func connect(_ signal: @escaping @Sendable () -> Void) {
        state.withLock { $0.signal = signal }
    }

    func observe() async throws -> ScriptedState.Observed {
        try await hang(state.withLock { $0.observationHang })
        return try state.withLock { state in
            if let error = state.observationError { throw Failure(description: error) }
            return ScriptedState.Observed(
                isRunning: state.isRunning,
                isReady: state.isReady,
                trouble: state.isRunning ? state.trouble : nil,
                decisionError: state.decisionError
            )
        }
    }

    func start(attempt: Int) async throws {
        try await hang(state.withLock { $0.actionHang })
        try state.withLock { state in
            state.attempts.append(attempt)
            if state.failuresToCome > 0 {
                state.failuresToCome -= 1
                throw Failure(description: "start failed")
            }
            state.isRunning = true
            state.starts += 1
        }
    }

    func stop() async throws {
        try await hang(state.withLock { $0.actionHang })
        state.withLock { $0.isRunning = false }
    }

    private func hang(_ hang: ScriptedHang?) async throws {
        guard let hang else { return }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        state.withLock { $0.hung.append(continuation) }
        switch hang {
        case .honoursCancellation:
            for await _ in stream {}
            try Task.checkCancellation()
        case .ignoresCancellation:
            // A task of its own, which nobody cancels.
            await Task { for await _ in stream {} }.value
        }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            return state.signal
        }?()
    }
}
