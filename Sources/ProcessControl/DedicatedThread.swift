internal import CProcessControl
internal import Glibc
internal import SystemPackage

/// A thread of its own for work that blocks, with every signal blocked in it.
enum DedicatedThread {
    /// Starts a thread that ends with its work.
    ///
    /// - Parameters:
    ///   - name: at most 15 bytes; shown by `ps -T` and `top -H`.
    ///   - allowsChildSignal: whether SIGCHLD may be delivered to it.
    ///   - work: what it does.
    /// - Throws: the reason why the system gives no thread.
    static func start(
        name: String,
        allowsChildSignal: Bool = false,
        work: @escaping @Sendable () -> Void
    ) throws(Errno) {
        let job = Job(name: name, allowsChildSignal: allowsChildSignal, work: work)
        let argument = Unmanaged.passRetained(job)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let error = pthread_create(&thread, &attributes, runJob, argument.toOpaque())
        if error != 0 {
            argument.release()
            throw Errno(rawValue: error)
        }
    }

    /// Does blocking work on a thread of its own.
    static func run<Value: Sendable>(
        name: String,
        work: @escaping @Sendable () throws(ProcessControlError) -> Value
    ) async throws(ProcessControlError) -> Value {
        let result: Result<Value, ProcessControlError> = await withCheckedContinuation { continuation in
            do throws(Errno) {
                try start(name: name) { continuation.resume(returning: Result(catching: work)) }
            } catch {
                let failure = ProcessControlError(
                    .reactorUnavailable,
                    "cannot start the thread \(name)",
                    remedy: "raise the limit of threads",
                    errno: error
                )
                continuation.resume(returning: .failure(failure))
            }
        }
        return try result.get()
    }

    private final class Job: Sendable {
        let name: String
        let allowsChildSignal: Bool
        let work: @Sendable () -> Void

        init(name: String, allowsChildSignal: Bool, work: @escaping @Sendable () -> Void) {
            self.name = name
            self.allowsChildSignal = allowsChildSignal
            self.work = work
        }
    }

    private static let runJob: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        if let argument {
            let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
            pc_prepare_thread(job.name, job.allowsChildSignal ? 1 : 0)
            job.work()
        }
        return nil
    }
}
