internal import NIOCore
internal import Synchronization

/// Says what access applies, and reads it anew when it has changed.
///
/// That is looked after once a second at most, when a connection or a request comes. Where what is read is wrong, what
/// applied before goes on to apply, and it is read again with the next look. Reading happens on a thread of its own, and
/// whoever asks meanwhile waits for it.
public final class AccessControl: Sendable {
    /// Access as it was read.
    public struct Reading: Sendable {
        /// What was read.
        public var access: ServerAccess
        /// Whether reading it again would give the same; may block.
        public var isCurrent: @Sendable () -> Bool

        /// Describes what was read.
        ///
        /// - Parameters:
        ///   - access: What was read.
        ///   - isCurrent: Whether reading it again would give the same; may block.
        public init(access: ServerAccess, isCurrent: @escaping @Sendable () -> Bool) {
            self.access = access
            self.isCurrent = isCurrent
        }
    }

    private struct State {
        var reading: Reading
        var lookedAt: Duration
        /// Why the last reading failed.
        var trouble: String?
    }

    /// How long a look is good for.
    private static let period = Duration.seconds(1)
    /// As many connections may wait for a reading as there may be.
    private static let waiting = 10_000

    /// The time since any beginning; never goes back.
    let now: @Sendable () -> Duration
    private let state: Mutex<State>
    private let read: @Sendable () throws -> Reading
    private let observer: any ServerObserver
    private let worker = SerialWorker(niceness: 0, limit: waiting)

    /// Takes what has been read first.
    ///
    /// - Parameters:
    ///   - first: What applies until something changes.
    ///   - observer: Is told of this and each further reading.
    ///   - now: The time since any beginning; never goes back.
    ///   - read: Reads everything anew; may block. What it throws becomes the reason in a log line.
    public init(
        _ first: Reading,
        observer: any ServerObserver,
        now: @escaping @Sendable () -> Duration,
        read: @escaping @Sendable () throws -> Reading
    ) {
        self.read = read
        self.observer = observer
        self.now = now
        state = Mutex(State(reading: first, lookedAt: now(), trouble: nil))
        observer.accessRead(.applied(first.access))
    }

    /// What applies now.
    func current() async -> ServerAccess {
        if let fresh { return fresh }
        // Where no thread can be had, what applied a moment ago is what can be told.
        return await worker.run { [self] in refresh() } ?? latest
    }

    /// What applies now.
    ///
    /// - Parameter eventLoop: The loop of the future that is returned.
    /// - Returns: What applies, at once where the last look is not too old.
    func current(on eventLoop: any EventLoop) -> EventLoopFuture<ServerAccess> {
        if let fresh { return eventLoop.makeSucceededFuture(fresh) }
        let promise = eventLoop.makePromise(of: ServerAccess.self)
        let isTaken = worker.submit { [self] in promise.succeed(refresh()) }
        if !isTaken { promise.succeed(latest) }
        return promise.futureResult
    }

    private var latest: ServerAccess { state.withLock { $0.reading.access } }

    /// What applies, where the last look is not too old.
    private var fresh: ServerAccess? {
        let now = now()
        return state.withLock { now - $0.lookedAt < Self.period ? $0.reading.access : nil }
    }

    /// Looks whether something has changed, and reads it then; runs on the worker's thread, once at a time.
    private func refresh() -> ServerAccess {
        if let fresh { return fresh }
        let known = state.withLock { $0 }
        let result = known.trouble == nil && known.reading.isCurrent() ? nil : Result(catching: read)
        let now = now()
        switch result {
        case nil: state.withLock { $0.lookedAt = now }
        case .success(let reading)?:
            state.withLock { $0 = State(reading: reading, lookedAt: now, trouble: nil) }
            observer.accessRead(.applied(reading.access))
        case .failure(let error)?:
            let reason = "\(error)"
            state.withLock { state in
                state.lookedAt = now
                state.trouble = reason
            }
            if reason != known.trouble { observer.accessRead(.kept(reason: reason)) }
        }
        return latest
    }
}
