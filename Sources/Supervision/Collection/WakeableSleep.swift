import Synchronization

/// A sleep that can be cut short from any thread, for loops that run on an interval but must react at once.
///
/// A wake-up that comes while nobody sleeps is remembered: the next sleep ends at once.
package final class WakeableSleep<C: SupervisionClock>: Sendable {
    private struct State {
        var isWoken = false
        var sleep: Task<Void, Never>?
    }

    private let clock: C
    private let state = Mutex(State())

    package init(clock: C) {
        self.clock = clock
    }

    /// Ends the running sleep, or the next one.
    package func wake() {
        state.withLock { state in
            state.isWoken = true
            state.sleep?.cancel()
        }
    }

    /// Returns at the deadline, on ``wake()``, or when the calling task is cancelled.
    ///
    /// - Returns: whether it was ``wake()``.
    @discardableResult
    package func sleep(until deadline: Moment) async -> Bool {
        let clock = self.clock
        let sleep = state.withLock { state -> Task<Void, Never>? in
            guard !state.isWoken else { return nil }
            let sleep = Task<Void, Never> {
                // Cancellation is the wake-up: there is nothing to lose.
                try? await clock.sleep(until: deadline, tolerance: nil)
            }
            state.sleep = sleep
            return sleep
        }
        if let sleep {
            await withTaskCancellationHandler {
                await sleep.value
            } onCancel: {
                sleep.cancel()
            }
        }
        return state.withLock { state in
            defer { state.isWoken = false }
            state.sleep = nil
            return state.isWoken
        }
    }
}
