import SystemPackage

/// The files of one flow: the configuration that it runs with, the one that was checked last, and the last good one.
///
/// Each begins with a comment that names its revision. All methods block for the time of the disk.
struct FlowFiles: Sendable {
    /// What the flow runs with.
    let running: ConfigurationFile
    /// What was checked last.
    let checked: ConfigurationFile
    /// What the flow was ready with last.
    private let lastGood: ConfigurationFile
    /// What did not get through its trial.
    private let refused: ConfigurationFile
    /// The port that the flow was started with last.
    private let port: ConfigurationFile

    private static let mark = "# revision "

    /// The files below a directory, which is made with the first file.
    init(directory: FilePath) {
        running = ConfigurationFile(path: directory.appending("flow.yaml"))
        checked = ConfigurationFile(path: directory.appending("checked.yaml"))
        lastGood = ConfigurationFile(path: directory.appending("last-good.yaml"))
        refused = ConfigurationFile(path: directory.appending("refused.txt"))
        port = ConfigurationFile(path: directory.appending("port.txt"))
    }

    /// The revision with which the flow was ready last, or nil.
    func readLastGood() throws(WorkerError) -> FlowRevision? {
        try lastGood.read().flatMap(Self.revision)
    }

    /// What did not get through its trial last, or nil.
    func readRefusal() throws(WorkerError) -> FlowRefusal? {
        guard let text = try refused.read(), let revision = Self.revision(of: text) else { return nil }
        let reason = text.split(separator: "\n").dropFirst().joined(separator: " ")
        return FlowRefusal(revision: revision, stage: .trial, reason: reason)
    }

    /// The port that the flow was started with last, or nil; a process that lives on has it.
    func readPort() throws(WorkerError) -> Int? {
        try port.read().flatMap { Int($0.prefix { $0 != "\n" }) }
    }

    /// Remembers the port that the flow is being started with.
    func write(port number: Int) throws(WorkerError) {
        try port.write("\(number)\n")
    }

    /// Writes a configuration for its check.
    func writeChecked(_ text: String, _ revision: FlowRevision) throws(WorkerError) {
        try checked.write("\(Self.mark)\(revision)\n\(text)")
    }

    /// Makes the checked configuration the one to run with.
    func useChecked(_ revision: FlowRevision) throws(WorkerError) {
        guard let text = try checked.read(), Self.revision(of: text) == revision else {
            throw WorkerError("\(checked.path) is not the configuration that was checked; restart the flow")
        }
        try running.write(text)
    }

    /// Makes the last good configuration the one to run with.
    func useLastGood() throws(WorkerError) {
        guard let text = try lastGood.read() else {
            throw WorkerError("\(lastGood.path) is gone; restart the flow")
        }
        try running.write(text)
    }

    /// Remembers that the flow was ready with what it runs with, and that nothing is refused.
    func keepRunning(_ revision: FlowRevision) throws(WorkerError) {
        guard let text = try running.read(), Self.revision(of: text) == revision else {
            throw WorkerError("\(running.path) is not the configuration that the flow runs with; restart the flow")
        }
        try lastGood.write(text)
        try refused.remove()
    }

    /// Remembers what did not get through its trial.
    func write(_ refusal: FlowRefusal) throws(WorkerError) {
        try refused.write("\(Self.mark)\(refusal.revision)\n\(refusal.reason)\n")
    }

    private static func revision(of text: String) -> FlowRevision? {
        guard text.hasPrefix(mark), let end = text.firstIndex(of: "\n") else { return nil }
        return FlowRevision(text[..<end].dropFirst(mark.count))
    }
}
