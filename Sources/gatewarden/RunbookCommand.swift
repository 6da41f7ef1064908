import ArgumentParser
import OperatorHTTP

/// The command `gatewarden runbook`.
struct RunbookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook",
        abstract: "Prints what to do about an alert or an escalation.",
        discussion: "The pages are part of this program: no gateway has to run, and no network has to be there."
    )

    @Argument(help: "The alert's name. Without it, all names are listed.")
    var name: String?

    func run() async throws {
        try await exiting {
            let library = RunbookLibrary.embedded
            if let name {
                print(try library.find(name).text, terminator: "")
            } else {
                for page in library.pages { print(page.name) }
            }
        }
    }
}
