import ArgumentParser
import Exposition
import FoundationEssentials
import Gateway
import Glibc

/// The command `gatewarden metrics encode`.
struct MetricsEncodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Writes metrics that standard input describes as JSON.",
        discussion: """
            Reads {"families": [FAMILY...]} and prints it as OpenMetrics or as text. With --batch each line is such a \
            document, and each answer is a line: {"openmetrics": "...", "text": "..."} or {"error": "..."}. A line has \
            at most 64 MiB.

            FAMILY = {"name", "type", "help", "unit", "series": [SERIES...]}, where type is counter, gauge, histogram, \
            gaugehistogram, summary, info, stateset or unknown, or with "samples": [{"name", "labels", "value", \
            "timestamp", "exemplar"}...] that have their full names.

            SERIES = {"labels": {...}, "timestamp", "created"} and what the type needs: value and exemplar; \
            "buckets": {"0.1": 3, "+Inf": 7} (cumulative) or [{"le", "count", "exemplar"}...], sum and count; \
            "quantiles": {"0.5": 1.2}, sum and count; "states": {"on": true}. Times are seconds since 1970; numbers may \
            be strings, as "NaN" and "+Inf". An exemplar is {"labels", "value", "timestamp"}.

            What OpenMetrics does not allow is refused, such as a counter below zero or a series that stands twice.

            Example: echo '{"families":[{"name":"jobs","type":"counter","series":[{"labels":{"q":"a"},"value":3}]}]}' \
            | gatewarden metrics encode
            """
    )

    @Flag(help: "Read a document from each line.")
    var batch = false

    @Option(help: "Without --batch: openmetrics or text.")
    var format = Format.openmetrics

    @Option(
        help: "How names are written that are not [a-zA-Z0-9_:]: allow-utf-8, underscores, dots or values.",
        transform: Self.escaping)
    var escaping = NameEscaping.allowUTF8

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case openmetrics
        case text

        fileprivate var version: ExpositionFormat.Version {
            switch self {
            case .openmetrics: .openMetrics1
            case .text: .text1
            }
        }
    }

    private struct Answer: Encodable {
        var error: String?
        var openmetrics: String?
        var text: String?
    }

    func run() async throws {
        guard !batch else { return try answerLines() }
        try await exiting {
            do {
                guard let document = InputLines.whole() else {
                    throw GatewayFailure(.failure, "the document has more than 64 MiB")
                }
                print(try encoded(ExpositionFormat.families(ofJSON: document), as: format), terminator: "")
            } catch let error as ExpositionError {
                throw GatewayFailure(.failure, error.message)
            }
        }
    }

    @Sendable
    private static func escaping(_ name: String) throws -> NameEscaping {
        guard let escaping = NameEscaping(rawValue: name) else {
            let names = NameEscaping.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(name)\" is no escaping scheme; use one of \(names).")
        }
        return escaping
    }

    private func answerLines() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for line in InputLines() {
            print(String(decoding: try encoder.encode(answer(line)), as: UTF8.self))
            // Who asks may wait for the answer before the next question.
            fflush(nil)
        }
    }

    private func answer(_ line: [UInt8]?) -> Answer {
        guard let line else { return Answer(error: "the line has more than 64 MiB") }
        do throws(ExpositionError) {
            let families = try ExpositionFormat.families(ofJSON: line)
            return Answer(openmetrics: encoded(families, as: .openmetrics), text: encoded(families, as: .text))
        } catch {
            return Answer(error: error.message)
        }
    }

    private func encoded(_ families: [ExposedFamily], as format: Format) -> String {
        String(decoding: ExpositionFormat(format.version, escaping: escaping).encode(families), as: UTF8.self)
    }
}
