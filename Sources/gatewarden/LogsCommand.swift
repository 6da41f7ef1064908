import ArgumentParser
import OperatorHTTP

/// The command `gatewarden logs`.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Shows the last lines that a child wrote."
    )

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Option(name: .shortAndLong, help: "How many lines at most, up to 1000.")
    var number = 100

    @Argument(help: "The child's path or name.")
    var child: String

    func validate() throws {
        guard (1...1000).contains(number) else { throw ValidationError("--number must be from 1 to 1000") }
    }

    func run() async throws {
        try await exiting {
            let lines = try await ControlClient(runDirectory: runDirectory.runDir).logs(of: child, lines: number)
            for line in lines {
                print(line.timestamp, line.stream.rawValue, line.text + (line.truncated ? " [cut]" : ""))
            }
        }
    }
}
