import ProcessControl
import SystemPackage

/// Lets the real program check a configuration: `benthos lint`.
struct FlowCheck: Sendable {
    let run: ProgramRun

    /// Checks a file; the program is killed when the task is cancelled.
    ///
    /// - Parameters:
    ///   - file: the configuration.
    ///   - command: the program that runs flows, with its first arguments and its environment.
    ///   - record: the name under which a later gateway finds the program.
    /// - Throws: ``WorkerError`` with what the program says, each finding with its line; `ProcessControlError` when the
    ///   program cannot be started.
    func check(_ file: FilePath, with command: ProcessCommand, recordedAs record: String) async throws {
        let findings = try await findings(in: file, with: command, recordedAs: record)
        guard !findings.isEmpty else { return }
        throw WorkerError(findings.map { $0.description(in: file) }.joined(separator: "; "))
    }

    /// Checks a file; the program is killed when the task is cancelled.
    ///
    /// - Parameters:
    ///   - file: the configuration.
    ///   - command: the program that runs flows, with its first arguments and its environment.
    ///   - record: the name under which a later gateway finds the program.
    /// - Returns: what the program finds wrong; nothing where the configuration is good.
    /// - Throws: `ProcessControlError` when the program cannot be started.
    func findings(
        in file: FilePath,
        with command: ProcessCommand,
        recordedAs record: String
    ) async throws -> [FlowFinding] {
        let result = try await run.run(command.appending(["lint", file.string]).resolve(), recordedAs: record)
        guard result.status != .exited(code: 0) else { return [] }
        let findings = result.lines.filter { !$0.isEmpty }.map { FlowFinding($0, in: file) }
        return findings.isEmpty ? [FlowFinding("its check ended with \(result.status)")] : findings
    }
}
