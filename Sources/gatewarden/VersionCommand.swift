import ArgumentParser
import Gateway

/// The command `gatewarden version`.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

    func run() async throws {
        print("gatewarden \(GatewayVersion.current) (Swift \(GatewayVersion.swift))")
    }
}
