import Dispatch

/// Runs the store's jobs one after the other on a queue of its own, so that no fsync blocks the cooperative pool.
final class StoreExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "gatewarden.store")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
