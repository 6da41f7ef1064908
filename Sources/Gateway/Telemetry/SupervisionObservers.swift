import Supervision

/// Passes the engine's events on to several consumers.
struct SupervisionObservers: SupervisionObserver {
    let observers: [any SupervisionObserver]

    func record(_ event: SupervisionEvent) {
        for observer in observers { observer.record(event) }
    }
}
