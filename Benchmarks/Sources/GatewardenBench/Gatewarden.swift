/// The product.
struct Gatewarden: Supervisor {
    static let name = "gatewarden"

    var name: String { Self.name }
    let restartSamples = 50

    /// The binary that is measured.
    let binary: String

    func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
        let text = configuration(count, program: workspace.childProgram)
        try TextFile.write(text, to: configurationFile(in: workspace))
        return command(in: workspace)
    }

    /// The file with the configuration of a run.
    func configurationFile(in workspace: Workspace) -> String { "\(workspace.path)/gateway.yaml" }

    /// The directory with the control socket of a run.
    func runDirectory(in workspace: Workspace) -> String { "\(workspace.path)/run" }

    /// The command that starts a gateway with the configuration of a workspace.
    func command(in workspace: Workspace) -> [String] {
        [
            binary, "run", "--config", configurationFile(in: workspace), "--run-dir", runDirectory(in: workspace),
            "--data-dir", "\(workspace.path)/data", "--listen", "127.0.0.1:0",
        ]
    }

    /// A configuration of processes without probes.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - program: what each runs, with its name as the argument.
    /// - Returns: the text of the file.
    func configuration(_ count: Int, program: String) -> String {
        let processes = childNames(count).map { "  - name: \($0)\n    command: [\"\(program)\", \($0)]\n" }
        return "agent: {name: bench}\nprocesses:\n\(processes.joined())"
    }

    /// The port of metrics and health, which the gateway logs when it listens; nil before.
    func port(log: String) -> UInt16? {
        guard let text = TextFile.read(log) else { return nil }
        guard let key = text.firstRange(of: "\"listen\":\"127.0.0.1:") else { return nil }
        return UInt16(text[key.upperBound...].prefix(while: \.isNumber))
    }
}
