import ProcessControl
import SystemPackage
import Testing

/// The plant of `deploy/examples/demo.yaml`.
enum DemoPlant {
    /// Starts a gateway with it.
    ///
    /// - Parameter directory: takes what the gateway writes.
    /// - Returns: the gateway.
    /// - Throws: where there are no stand-ins, or it cannot be started.
    static func start(in directory: TestDirectory) async throws -> RunningGateway {
        let path = "\(ProcessEnvironment.defaultPath):\(try #require(Binaries.standins))"
        return try await RunningGateway.start(
            executable: Binaries.gateway,
            arguments: ["run", "--config", Repository.root.appending("deploy/examples/demo.yaml").string]
                + RunningGateway.directories(directory.path),
            runDirectory: directory.path.appending("run"),
            environment: ["PATH": path]
        )
    }
}
