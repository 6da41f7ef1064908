internal import Glibc

/// A file descriptor that is closed when its owner lets go of it.
struct OwnedDescriptor: ~Copyable, Sendable {
    let rawValue: Int32

    /// Takes over a descriptor that a system call has returned; nil if it has failed.
    init?(adopting rawValue: Int32) {
        guard rawValue >= 0 else {
            return nil
        }
        self.rawValue = rawValue
    }

    deinit {
        close(rawValue)
    }
}
