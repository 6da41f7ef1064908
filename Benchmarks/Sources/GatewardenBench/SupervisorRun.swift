internal import Glibc

/// A supervisor with its children, in a workspace of its own.
final class SupervisorRun {
    let workspace: Workspace
    let names: [String]
    private(set) var process: SpawnedProcess
    /// The reports of the last start.
    private(set) var reports: [ChildReport]

    private let command: [String]

    var log: String { "\(workspace.path)/log" }

    /// Starts a supervisor, and waits for the reports of its children.
    ///
    /// - Parameters:
    ///   - supervisor: which.
    ///   - count: how many children.
    ///   - reportCount: how many programs report their start.
    ///   - child: the supervised program.
    /// - Throws: when not all children start in time.
    init(_ supervisor: any Supervisor, count: Int, reports reportCount: Int, child: String) throws {
        let workspace = try Workspace(child: child)
        do {
            names = supervisor.childNames(count)
            command = try supervisor.prepare(count, in: workspace)
            process = try SpawnedProcess(command, directory: workspace.path, log: "\(workspace.path)/log")
            reports = try workspace.reports.read(reportCount)
        } catch {
            let log = TextFile.read("\(workspace.path)/log").map { String($0.suffix(500)) } ?? ""
            workspace.close()
            throw BenchmarkError("\(supervisor.name): \(error)\n\(log)")
        }
        self.workspace = workspace
    }

    /// Ends whatever still runs, and removes the files.
    func close() {
        workspace.close()
    }

    /// Starts the supervisor again after its end, and waits for the reports of all children.
    func startAgain() throws {
        // The log tells the address anew.
        unlink(log)
        process = try SpawnedProcess(command, directory: workspace.path, log: log)
        reports = try workspace.reports.read(names.count)
    }

    /// The processes of the supervisor itself.
    func supervisorProcesses() -> [ProcessFigures] {
        let children = Set(workspace.children())
        return workspace.processes().filter { !children.contains($0) }.map(ProcessFigures.init)
    }

    /// Asks for the end by SIGTERM, and waits until neither supervisor nor child is left.
    ///
    /// - Returns: the milliseconds that took.
    func stop() throws -> Double {
        let begin = MonotonicTime.now
        process.send(SIGTERM)
        var end = try process.waitForEnd()
        if !workspace.processes().isEmpty {
            try Pause.until("end of all children") { workspace.processes().isEmpty }
            end = .now
        }
        return end.milliseconds(since: begin)
    }
}
