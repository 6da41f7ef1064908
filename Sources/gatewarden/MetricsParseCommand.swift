import ArgumentParser
import Exposition
import Gateway
import SystemPackage

/// The command `gatewarden metrics parse`.
struct MetricsParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Reads metrics and shows them, or says in which line they are wrong.",
        discussion: """
            The format is what --format says, else what the Content-Type of a URL says, else OpenMetrics where the last \
            line is "# EOF", else the text format 0.0.4. Accepted is what Prometheus accepts; with --strict, only what \
            follows all rules of OpenMetrics 1.0 (they say nothing about the text format). A text may have 64 MiB; a \
            URL has 10 s.

            --batch reads requests instead, one JSON object a line: {"input": "a 1\\n"}, where "input_b64" or \
            "input_file" may stand for "input", with "format", "strict" and "id" where wanted. Each is answered in one \
            line: {"accept": true, "entries": [...]} or {"accept": false, "error": "line 1, column 2: ..."}.

            Exit code 1: the metrics are wrong or could not be read. A batch ends with 0 whatever its answers are.
            """
    )

    @Argument(help: "A file, - for standard input, or a URL (http, https).")
    var source = "-"

    @Option(help: ArgumentHelp("The format: text or openmetrics.", valueName: "format"), transform: Self.syntax)
    var format: ExpositionSyntax?

    @Flag(help: "Check all rules of OpenMetrics.")
    var strict = false

    @Flag(help: "Print JSON: accept, and entries or error.")
    var json = false

    @Flag(help: "Answer requests, one JSON object a line.")
    var batch = false

    func run() async throws {
        try await exiting {
            if batch { try answerRequests() } else { try await show() }
        }
    }

    private func show() async throws {
        let input = try await ExpositionInput(from: source)
        let syntax = format ?? input.syntax ?? ExpositionSyntax(detectedIn: input.bytes)
        if json {
            let answer = ExpositionAnswer(to: input.bytes, in: syntax, strict: strict)
            try write(answer.json)
            if let error = answer.error { throw refusal(error) }
        } else {
            var report = ExpositionReport()
            do throws(ExpositionParseError) {
                try syntax.parse(input.bytes, strict: strict, into: &report)
            } catch {
                throw refusal(error)
            }
            try write(Array(report.description.utf8))
        }
    }

    private func answerRequests() throws {
        let descriptor = try ExpositionInput.open(source)
        let batch = ExpositionBatch(syntax: format, strict: strict)
        var lines = BoundedLines(descriptor, limit: ExpositionBatch.lineLimit)
        while let line = try lines.next() {
            switch line {
            case .whole(let request): try write(batch.answer(to: request))
            case .tooLong: try write(batch.answer(to: nil))
            }
        }
    }

    private static func syntax(_ word: String) throws -> ExpositionSyntax {
        guard let syntax = ExpositionSyntax(rawValue: word) else {
            throw ValidationError("--format must be text or openmetrics")
        }
        return syntax
    }

    private func refusal(_ error: ExpositionParseError) -> GatewayFailure {
        GatewayFailure(.failure, "\(source == "-" ? "standard input" : source): \(error)")
    }

    private func write(_ line: [UInt8]) throws {
        _ = try FileDescriptor.standardOutput.writeAll(line + [UInt8(ascii: "\n")])
    }
}
