import Exposition
import Synchronization

/// A clock that stands still until it is told to go on.
final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(milliseconds: Int64) {
        self.milliseconds = Mutex(milliseconds)
    }

    func advance(milliseconds: Int64) {
        self.milliseconds.withLock { $0 += milliseconds }
    }

    func now() -> UnixTime {
        UnixTime(milliseconds: milliseconds.withLock { $0 })
    }
}
