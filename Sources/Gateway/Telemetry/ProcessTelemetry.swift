import Exposition
import JSONLogging
import Logging
import ProcessControl
import Supervision
import Workers

/// Makes accounts and log lines from what happens to processes.
struct ProcessTelemetry: ProcessListener {
    let ledger: ChildLedger
    let logger: Logger

    func processStarted(_ path: HierarchyPath, _ child: ChildProcess) {
        ledger.account(path)?.noteStart(child, at: WallTime.now().sinceEpoch)
        logger.info("Process started", metadata: metadata(path, ["pid": .number(child.pid)]))
    }

    func processEnded(_ path: HierarchyPath, _ exit: ProcessExit) {
        ledger.account(path)?.noteEnd(exit)
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

    func processWrote(_ path: HierarchyPath, _ line: OutputLine) {
        ledger.account(path)?.noteLine(line, at: WallTime.now().sinceEpoch)
        var details: Logger.Metadata = ["stream": "\(line.stream.rawValue)", "line": "\(line.text)"]
        if line.isTruncated { details["dropped_bytes"] = .number(line.droppedBytes) }
        logger.info("Child output", metadata: metadata(path, details))
    }

    private func metadata(_ path: HierarchyPath, _ details: Logger.Metadata) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["child_name": "\(path.name)", "hierarchy_path": "\(path)"]
        metadata.merge(details) { _, detail in detail }
        return metadata
    }
}
