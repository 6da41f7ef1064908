import ArgumentParser
import OperatorHTTP

/// The command `gatewarden circuit`.
struct CircuitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "circuit",
        abstract: "Acts on circuit breakers.",
        subcommands: [ResetCommand.self]
    )

    /// The command `gatewarden circuit reset`.
    struct ResetCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset",
            abstract: "Closes circuits and forgets their attempts, so that what fails is acted on at once.",
            discussion: "Which circuits are open and why: gatewarden status."
        )

        @OptionGroup var runDirectory: RunDirectoryOptions

        @Argument(
            help: ArgumentHelp(
                "The path or name of the supervisor whose circuit is closed, with all below it.",
                discussion: "Without it, all circuits are closed.",
                valueName: "path"
            )
        )
        var path: String?

        func run() async throws {
            try await exiting {
                let supervisor = try await ControlClient(runDirectory: runDirectory.runDir).resetCircuit(path)
                print("Closed the circuits of \(supervisor) and below; see gatewarden status")
            }
        }
    }
}
