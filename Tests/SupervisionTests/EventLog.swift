import Supervision

/// Lets a test wait for an event instead of for a while.
final class EventLog: SupervisionObserver {
    private let stream: AsyncStream<SupervisionEvent>
    private let continuation: AsyncStream<SupervisionEvent>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func record(_ event: SupervisionEvent) {
        continuation.yield(event)
    }

    func wait(for isIt: (SupervisionEvent) -> Bool) async {
        for await event in stream where isIt(event) { return }
    }

    func waitForState(_ name: String, of child: String) async {
        await wait { event in
            if case .stateChanged(let identity, _, name, _) = event { identity.path.name == child } else { false }
        }
    }
}
