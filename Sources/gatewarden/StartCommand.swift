import ArgumentParser
import OperatorHTTP

/// The command `gatewarden start`.
struct StartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "start", abstract: "Starts a child that was stopped.")

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Argument(help: "The child's path or name.")
    var child: String

    func run() async throws {
        try await exiting {
            try await ControlClient(runDirectory: runDirectory.runDir).start(child)
            print("Starting \(child); see gatewarden status")
        }
    }
}
