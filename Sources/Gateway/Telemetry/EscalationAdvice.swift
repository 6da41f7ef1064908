import Supervision
import Synchronization

/// What the log tells a person to do about an escalation: where to read on, and which commands help.
final class EscalationAdvice: Sendable {
    /// The name of the runbook of an escalation; the alert of the same name links to it as well.
    static let runbook = "EscalationTriggered"

    private let runDirectory: String
    private let runbookBaseURL: String?
    private let base: Mutex<(scheme: String, address: String)>

    /// - Parameters:
    ///   - address: where the pages are served, as configured; port 0 until ``serve(at:)`` tells the real one.
    ///   - runDirectory: the gateway's run directory, for commands that work as printed.
    ///   - runbookBaseURL: where the pages are to be read instead, or nil.
    init(address: String, runDirectory: String, runbookBaseURL: String? = nil) {
        base = Mutex(("http", address))
        self.runDirectory = runDirectory
        self.runbookBaseURL = runbookBaseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// Takes note of where the pages are served.
    func serve(at address: String) {
        base.withLock { $0.address = address }
    }

    /// Takes note of whether the pages are served with TLS; without a note they are not.
    func serve(withTLS isTLS: Bool) {
        base.withLock { $0.scheme = isTLS ? "https" : "http" }
    }

    /// The address of the runbook of an escalation.
    var runbookURL: String { url(of: Self.runbook) }

    /// The address of a runbook.
    func url(of runbook: String) -> String {
        if let runbookBaseURL { return "\(runbookBaseURL)/\(runbook)" }
        let base = base.withLock { $0 }
        return "\(base.scheme)://\(base.address)/runbooks/\(runbook)"
    }

    /// What to do by hand, in order.
    ///
    /// - Parameters:
    ///   - failure: what has failed.
    ///   - supervisor: whose circuit has escalated.
    /// - Returns: one step per element, commands ready to be run.
    func manualSteps(_ failure: CheckFailure, of supervisor: HierarchyPath) -> [String] {
        let child = supervisor.appending(failure.child)
        // A child whose own circuit has escalated runs no process, so it has no lines to show.
        let look =
            failure.check == ConsistencyCheck.childEscalated
            ? "Find the child below \(child) that fails: \(command("status"))"
            : "Read what the child says: \(command("logs \(child)"))"
        return [
            "See what runs and what does not: \(command("status"))",
            look,
            "Read what helps against \(failure.check): gatewarden runbook \(EscalationRunbook.name(of: failure.check))",
            "Put the cause right: \(failure.description)",
            "Start the child afresh: \(command("restart \(child)"))",
            "Let the gateway try again at once: \(command("circuit reset \(supervisor)"))",
        ]
    }

    private func command(_ verb: String) -> String {
        "gatewarden \(verb) --run-dir \(runDirectory.quotedForShell)"
    }
}

extension String {
    /// The text as one word of a shell's command line.
    fileprivate var quotedForShell: String {
        let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
        guard !isPlain else { return self }
        return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
