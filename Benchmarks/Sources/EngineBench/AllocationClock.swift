internal import CAllocations
internal import Supervision

/// The clock of the operating system, which also notes how much memory the asking thread has asked for so far.
///
/// A tick asks for the time when it begins, for its context, and when it ends, on one thread and without a pause: what
/// was asked for in between is what the tick has allocated.
struct AllocationClock: SupervisionClock {
    private let clock = MonotonicClock()

    var now: Moment {
        bench_note_allocations()
        return clock.now
    }

    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        try await clock.sleep(until: deadline, tolerance: tolerance)
    }

    /// The allocations of the tick whose end the calling thread was the last to ask the time for.
    static var ofLastTick: UInt64 { bench_allocations_over_notes(2) }
}
