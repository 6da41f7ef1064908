import Exposition
import ProcessControl
import Supervision
import Synchronization

/// Keeps the account of every process worker, by path: it outlives the child's processes and its replacement.
final class ChildLedger: Sendable {
    private let metrics: ChildMetrics
    private let files: ChildOutputFiles?
    private let state: Mutex<State>

    private struct State {
        var settings: ChildOutputSettings
        var accounts: [HierarchyPath: ChildAccount] = [:]
    }

    /// A ledger without accounts.
    ///
    /// - Parameters:
    ///   - metrics: the families of the children's series.
    ///   - settings: what is kept of the children's output.
    ///   - files: brings their output to disk; nil for nowhere.
    init(metrics: ChildMetrics, settings: ChildOutputSettings = ChildOutputSettings(), files: ChildOutputFiles? = nil) {
        self.metrics = metrics
        state = Mutex(State(settings: settings))
        self.files = files
    }

    /// The account of a child, opened where there is none.
    @discardableResult
    func open(_ path: HierarchyPath) throws(ExpositionError) -> ChildAccount {
        try state.withLock { state throws(ExpositionError) in
            if let account = state.accounts[path] { return account }
            let limits = state.settings.limits(of: path)
            let account = try ChildAccount(path: path, metrics: metrics, limits: limits, files: files)
            state.accounts[path] = account
            return account
        }
    }

    /// The account of a child, or nil for a child that has never been a process worker.
    func account(_ path: HierarchyPath) -> ChildAccount? {
        state.withLock { $0.accounts[path] }
    }

    /// Takes over what is kept of the children's output; an account that is open keeps the limits that it has.
    ///
    /// - Parameter settings: what is kept from now on.
    /// - Returns: the children whose open accounts have other limits than these.
    func follow(_ settings: ChildOutputSettings) -> [HierarchyPath] {
        state.withLock { state in
            state.settings = settings
            return state.accounts.filter { $1.limits != settings.limits(of: $0) }.keys.sorted()
        }
    }

    /// Closes the account of a child that has gone for good, and takes its series away.
    func close(_ path: HierarchyPath) {
        state.withLock { $0.accounts.removeValue(forKey: path) }?.close()
    }

    /// Adds what the running processes use to a scrape.
    func collect(_ samples: inout CollectedSamples) {
        // Without it, each child counts alone.
        let sessions = try? SessionTotals()
        for account in state.withLock({ Array($0.accounts.values) }) { account.collect(&samples, sessions) }
    }
}
