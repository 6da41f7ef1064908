import Exposition
import JSONLogging
import Logging
import ProcessControl
import Supervision
import Workers

/// Makes accounts and log lines from what happens to processes.
struct ProcessTelemetry: ProcessListener {
    let ledger: ChildLedger
    let secrets: SecretRegistry
    let logger: Logger

    func limitsNotApplied(_ path: HierarchyPath, _ limits: [UnappliedLimit]) {
        let reasons = limits.map { Logger.MetadataValue.string($0.description) }
        logger.warning("Limits not applied", metadata: metadata(path, ["limits": .array(reasons)]))
    }

    func processStarted(_ path: HierarchyPath, _ child: ChildProcess) {
        noteStart(of: child, path)
        logger.info("Process started", metadata: metadata(path, ["pid": .number(child.pid)]))
    }

    func processAdopted(_ path: HierarchyPath, _ child: ChildProcess) {
        noteStart(of: child, path)
        logger.notice("Child adopted", metadata: metadata(path, adoption(of: child)))
    }

    func processSuperseded(_ path: HierarchyPath, _ child: ChildProcess) {
        logger.notice(
            "Child of an earlier gateway is not what its configuration says, and is replaced",
            metadata: metadata(path, adoption(of: child))
        )
    }

    func processEnded(_ path: HierarchyPath, _ exit: ProcessExit) {
        ledger.account(path)?.noteEnd(exit)
        makeGate(path)?.end()
        let details: Logger.Metadata = [
            "pid": .number(exit.child.pid),
            "exit_status": "\(exit.status)",
            "stop_requested": .bool(exit.stopRequested),
            "duration_ms": .milliseconds(exit.runTime),
            "cpu_ms": .milliseconds(exit.usage.userTime + exit.usage.systemTime),
            "max_resident_bytes": .number(exit.usage.maxResidentBytes),
        ]
        let level: Logger.Level = exit.stopRequested || exit.status == .exited(code: 0) ? .info : .warning
        logger.log(level: level, "Process ended", metadata: metadata(path, details))
    }

    func outputGate(of path: HierarchyPath) -> (any OutputGate)? {
        makeGate(path)
    }

    func processWrote(_ path: HierarchyPath, _ line: OutputLine) {
        // Before anything is kept: what a child writes of a secret must not be found in files and rings either.
        let text = secrets.redactor.redact(line.text)
        let line = OutputLine(stream: line.stream, text: text, droppedBytes: line.droppedBytes)
        ledger.account(path)?.keep(line, at: .now())
        forward(line, of: path)
    }

    /// Passes a line on to the gateway's log, in the child's own words as far as they are understood.
    private func forward(_ line: OutputLine, of path: HierarchyPath) {
        let message = ChildOutputMessage(line.text)
        let level = message.level ?? .info
        guard level >= logger.logLevel else { return }
        var details: Logger.Metadata = ["stream": "\(line.stream.rawValue)", "line": "\(message.text)"]
        if !message.fields.isEmpty { details["fields"] = .dictionary(message.fields) }
        if message.omittedFields > 0 { details["omitted_fields"] = .number(message.omittedFields) }
        if line.isTruncated { details["dropped_bytes"] = .number(line.droppedBytes) }
        logger.log(level: level, "Child output", metadata: metadata(path, details))
    }

    /// Notes a start when it was, which for an adopted process is long ago.
    private func noteStart(of child: ChildProcess, _ path: HierarchyPath) {
        let age = child.startedAt.duration(to: .now)
        ledger.account(path)?.noteStart(child, at: WallTime.now().sinceEpoch - age)
    }

    private func adoption(of child: ChildProcess) -> Logger.Metadata {
        ["pid": .number(child.pid), "uptime_ms": .milliseconds(child.startedAt.duration(to: .now))]
    }

    private func makeGate(_ path: HierarchyPath) -> ChildOutputGate? {
        guard let account = ledger.account(path) else { return nil }
        var logger = logger
        for (key, value) in metadata(path, [:]) { logger[metadataKey: key] = value }
        return ChildOutputGate(account: account, logger: logger)
    }

    private func metadata(_ path: HierarchyPath, _ details: Logger.Metadata) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["child_name": "\(path.name)", "hierarchy_path": "\(path)"]
        metadata.merge(details) { _, detail in detail }
        return metadata
    }
}
