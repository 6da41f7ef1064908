internal import Glibc

/// A thread for writing to files and descriptors, with every signal blocked in it.
///
/// With signals blocked, a reader that went away is an error of the write, never a `SIGPIPE` that ends the process.
package enum WriterThread {
    /// What carries the work into its thread.
    private final class Start: Sendable {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }

    private static let stackSize = 256 * 1024

    /// Starts a detached thread that ends with its work.
    ///
    /// - Parameters:
    ///   - purpose: What it is for, in an error.
    ///   - work: What it does.
    /// - Throws: `JSONLoggingError` with `.threadUnavailable`.
    package static func start(for purpose: String, work: @escaping @Sendable () -> Void) throws(JSONLoggingError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        let start = Unmanaged.passRetained(Start(work))
        var thread = pthread_t()
        let failure = pthread_create(&thread, &attributes, entry, start.toOpaque())
        guard failure == 0 else {
            start.release()
            throw JSONLoggingError(
                .threadUnavailable, "No thread for \(purpose) (error \(failure)); raise the thread limit."
            )
        }
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { raw in
        guard let raw else { return nil }
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Unmanaged<Start>.fromOpaque(raw).takeRetainedValue().work()
        return nil
    }
}
