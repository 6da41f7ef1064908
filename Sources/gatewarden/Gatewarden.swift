import ArgumentParser
import Gateway
import OperatorHTTP
import ProcessControl
import SystemPackage

/// The command line of the gateway.
@main
struct Gatewarden: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatewarden",
        abstract: "Supervises the processes of an industrial edge box.",
        discussion: """
            Exit codes: 0 success, 1 failure, 2 bad configuration (nothing was started), 3 another gateway already runs, \
            or none runs where one was asked for, 64 wrong usage.
            """,
        version: GatewayVersion.current,
        subcommands: [
            RunCommand.self, StatusCommand.self, LogsCommand.self, StartCommand.self, StopCommand.self,
            RestartCommand.self, AddCommand.self, CircuitCommand.self, ConfigCommand.self, LogLevelCommand.self,
            RunbookCommand.self, ExportCommand.self, MetricsCommand.self, VersionCommand.self,
        ]
    )

    static func main() async {
        if !NameService.useBuiltInSources() {
            GatewayFailure(.failure, "name look-ups follow the host's configuration").writeToStandardError()
        }
        await main(nil)
    }
}

/// Runs a command's body and turns its failure into a message and an exit code.
///
/// - Parameter body: what the command does.
/// - Throws: ArgumentParser's `ExitCode`, which carries the code out of the command; any other error as it is.
func exiting(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let failure as GatewayFailure {
        throw reported(failure)
    } catch let error as OperatorError {
        throw reported(GatewayFailure(error))
    } catch Errno.brokenPipe {
        // Whoever read what was printed, such as `head`, has seen enough.
    }
}

private func reported(_ failure: GatewayFailure) -> ExitCode {
    failure.writeToStandardError()
    return ExitCode(failure.status.rawValue)
}
