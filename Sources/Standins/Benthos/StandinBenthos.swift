import Glibc
import Standins

/// Stands in for `benthos` (and `redpanda-connect`, and under the name `rpk` for `rpk connect`).
@main
struct StandinBenthos {
    static func main() async {
        // Go programs survive these; a hang-up ends them, unless it was ignored from the start.
        for number in [SIGUSR1, SIGUSR2, SIGPIPE] { signal(number, SIG_IGN) }
        switch FlowCommandLine(CommandName.own(CommandLine.arguments, rpkWords: ["connect"])) {
        case .run(let file, let options): await run(file, options)
        case .lint(let files): lint(files)
        case .version:
            LineSink.standardOutput.write("Version: \(FlowEndpoints.version)\nDate: \(FlowEndpoints.built)")
        case .help(let help): LineSink.standardOutput.write(help.text)
        case .unknownCommand(let name):
            LineSink.standardOutput.write(HelpText.program.text)
            fail("Unrecognised command: \(name)")
        case .unknownFlag(let name, let help):
            let problem = "flag provided but not defined: -\(name)"
            LineSink.standardOutput.write("Incorrect Usage: \(problem)\n\n\(help.text)")
            fail(problem)
        }
    }

    private static func run(_ path: String?, _ options: FlowCommandLine.Options) async {
        let signals = SignalWatch([SIGTERM, SIGINT, SIGQUIT])
        do throws(StandinError) {
            let environment = try environment(options.environmentFiles)
            let file = path.map { FlowFile(path: $0, options: options, environment: environment) }
            let configuration = try file?.readForStart() ?? withoutFile()
            let service: FlowService
            do throws(StandinError) {
                let watched = options.isWatching ? file : nil
                service = try FlowService(configuration, watching: watched, environment: environment)
            } catch {
                throw StandinError("service closing due to: \(error)")
            }
            await service.run(signals)
        } catch {
            fail(error.message)
        }
    }

    /// The flow of a program that was started without a file: from standard input to standard output.
    private static func withoutFile() -> FlowConfiguration {
        let configuration = FlowConfiguration()
        configuration.logger.info(
            "Running without a main config file", ["benthos_version": .string(FlowEndpoints.version)])
        return configuration
    }

    private static func lint(_ files: [String]) {
        var problems: [String] = []
        for file in files {
            do throws(StandinError) {
                let text = try ConfigurationText(file: file, environment: .processEnvironment)
                _ = try ConfigurationReader(readsDurations: false).read(text.root)
                problems += ConfigurationLinter.findings(in: text).map { $0.printed(file) }
            } catch {
                // A problem of the structure brings its place, or counts for the file's beginning.
                problems.append(error.message.hasPrefix("(") ? "\(file)\(error)" : "\(file)(1,1) \(error)")
            }
        }
        problems.forEach(LineSink.standardError.write)
        exit(problems.isEmpty ? 0 : 1)
    }

    /// The process' variables and those of some files with lines of the form `NAME=value`.
    private static func environment(_ files: [String]) throws(StandinError) -> [String: String] {
        var environment = [String: String].processEnvironment
        for file in files {
            for line in String(decoding: try FileText.read(file), as: UTF8.self).split(whereSeparator: \.isNewline) {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, !line.hasPrefix("#") { environment[String(parts[0])] = String(parts[1]) }
            }
        }
        return environment
    }

    private static func fail(_ problem: String) -> Never {
        LineSink.standardError.write(problem)
        exit(1)
    }
}
