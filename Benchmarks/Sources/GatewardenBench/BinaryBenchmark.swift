internal import Glibc

/// The size of the binary, and the check of a large configuration.
enum BinaryBenchmark {
    private static let processCount = 1000

    /// Looks at the file, and runs it once a round.
    static func measure(_ session: Session) throws {
        var status = stat()
        guard stat(session.product.binary, &status) == 0 else { throw BenchmarkError.system(session.product.binary) }
        session.record(.size, of: session.product, [Double(status.st_size) / 1e6])
        let workspace = try Workspace(child: session.child)
        defer { workspace.close() }
        let file = "\(workspace.path)/gateway.yaml"
        try TextFile.write(session.product.configuration(processCount, program: workspace.childProgram), to: file)
        var times: [Double] = []
        for _ in 0..<session.rounds {
            try times.append(validate(file, product: session.product, in: workspace))
        }
        session.record(.validate, of: session.product, times)
    }

    private static func validate(_ file: String, product: Gatewarden, in workspace: Workspace) throws -> Double {
        let log = "\(workspace.path)/log"
        let command = [product.binary, "config", "validate", "--config", file]
        let process = try SpawnedProcess(command, directory: workspace.path, log: log)
        let end = try process.waitForEnd()
        guard process.exitCode == 0 else { throw BenchmarkError("config validate: \(TextFile.read(log) ?? "")") }
        return end.milliseconds(since: process.startTime)
    }
}
