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
        let result = try await run.run(command.appending(["lint", file.string]).resolve(), recordedAs: record)
        guard result.status != .exited(code: 0) else { return }
        let findings = result.lines.map { Self.finding($0, in: file) }.filter { !$0.isEmpty }
        throw WorkerError(findings.isEmpty ? "its check ended with \(result.status)" : findings.joined(separator: "; "))
    }

    /// `FILE(LINE,COLUMN) what is wrong`, as the program writes it, in words.
    private static func finding(_ line: String, in file: FilePath) -> String {
        guard line.hasPrefix("\(file)("), let end = line.firstIndex(of: ")") else { return line }
        let place = line[..<end].dropFirst(file.string.utf8.count + 1).split(separator: ",")
        guard place.count == 2 else { return line }
        let name = file.lastComponent?.string ?? file.string
        return "\(name), line \(place[0]), column \(place[1]):\(line[end...].dropFirst())"
    }
}
