import Exposition
import ProcessControl
import Supervision
import Synchronization

/// Keeps the account of every process worker, by path: it outlives the child's processes and its replacement.
final class ChildLedger: Sendable {
    private let metrics: ChildMetrics
    private let settings: ChildOutputSettings
    private let files: ChildOutputFiles?
    private let accounts = Mutex<[HierarchyPath: ChildAccount]>([:])

    /// A ledger without accounts.
    ///
    /// - Parameters:
    ///   - metrics: the families of the children's series.
    ///   - settings: what is kept of the children's output.
    ///   - files: brings their output to disk; nil for nowhere.
    init(metrics: ChildMetrics, settings: ChildOutputSettings = ChildOutputSettings(), files: ChildOutputFiles? = nil) {
        self.metrics = metrics
        self.settings = settings
        self.files = files
    }

    /// The account of a child, opened where there is none.
    @discardableResult
    func open(_ path: HierarchyPath) throws(ExpositionError) -> ChildAccount {
        try accounts.withLock { accounts throws(ExpositionError) in
            if let account = accounts[path] { return account }
            let limits = settings.limits(of: path)
            let account = try ChildAccount(path: path, metrics: metrics, limits: limits, files: files)
            accounts[path] = account
            return account
        }
    }

    /// The account of a child, or nil for a child that has never been a process worker.
    func account(_ path: HierarchyPath) -> ChildAccount? {
        accounts.withLock { $0[path] }
    }

    /// Closes the account of a child that has gone for good, and takes its series away.
    func close(_ path: HierarchyPath) {
        accounts.withLock { $0.removeValue(forKey: path) }?.close()
    }

    /// Adds what the running processes use to a scrape.
    func collect(_ samples: inout CollectedSamples) {
        // Without it, each child counts alone.
        let sessions = try? SessionTotals()
        for account in accounts.withLock({ Array($0.values) }) { account.collect(&samples, sessions) }
    }
}
