import ArgumentParser
import OperatorHTTP

/// The command `gatewarden stop`.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops a child and leaves it stopped.")

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Argument(help: "The child's path or name.")
    var child: String

    func run() async throws {
        try await exiting {
            try await ControlClient(runDirectory: runDirectory.runDir).stop(child)
            print("Stopping \(child); see gatewarden status")
        }
    }
}
