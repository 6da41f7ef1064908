import ArgumentParser
import OperatorHTTP

/// The command `gatewarden restart`.
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Stops a child and replaces it by a fresh one.")

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Argument(help: "The child's path or name.")
    var child: String

    func run() async throws {
        try await exiting {
            try await ControlClient(runDirectory: runDirectory.runDir).restart(child)
            print("Restarting \(child); see gatewarden status")
        }
    }
}
