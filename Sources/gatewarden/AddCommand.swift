import ArgumentParser
import Gateway
import GatewayConfiguration
import OperatorHTTP

/// The command `gatewarden add`.
struct AddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds children that a YAML file declares to the running tree.",
        discussion: """
            They stay until the gateway ends. A declaration has the fields name, workerType, userSpec (config and \
            variables), stateMapping, dependsOn, enabled and location; a list declares several.
            """
    )

    @OptionGroup var runDirectory: RunDirectoryOptions

    @Argument(help: "The file with the declaration.")
    var file: String

    @Option(help: ArgumentHelp("The path or name of the parent; without it, the root.", valueName: "path"))
    var to: String?

    func run() async throws {
        try await exiting {
            let declaration = try read()
            for path in try await ControlClient(runDirectory: runDirectory.runDir).add(declaration) {
                print("Added \(path); see gatewarden status")
            }
        }
    }

    private func read() throws(GatewayFailure) -> ChildDeclarationText {
        do throws(ConfigurationProblems) {
            let read = try ChildDeclarationFile(file)
            return ChildDeclarationText(yaml: read.text, name: file, folder: read.folder, parent: to)
        } catch {
            throw GatewayFailure(.failure, error.description)
        }
    }
}
