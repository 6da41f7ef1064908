internal import Glibc

/// Does harm to a running plant.
struct FaultInjector {
    private let run: SupervisorRun
    private let plant: FlowPlant
    /// Whether the product can load a configuration while it runs.
    private let canReload: Bool
    /// How often each fault was made; one that could not be made is not counted.
    private(set) var counts: [PlantFault: Int] = [:]

    /// Prepares for a run.
    init(_ run: SupervisorRun, of plant: FlowPlant) throws {
        self.run = run
        self.plant = plant
        let log = "\(run.workspace.path)/help"
        let help = try SpawnedProcess(
            [plant.product.binary, "config", "--help"], directory: run.workspace.path, log: log)
        _ = try help.waitForEnd()
        canReload = TextFile.read(log)?.contains("reload") ?? false
    }

    /// How often each fault was made, for a person.
    var summary: String {
        let made = PlantFault.allCases.map { "\(counts[$0, default: 0]) \($0.rawValue)" }.joined(separator: ", ")
        return canReload ? made : made + " (the binary cannot reload)"
    }

    /// Makes a fault.
    ///
    /// A broker that is being replaced cannot be told anything, and comes back open: then nothing is done.
    ///
    /// - Parameter fault: which.
    /// - Throws: when a file cannot be written or a program cannot be started.
    mutating func make(_ fault: PlantFault) throws {
        let isMade =
            switch fault {
            case .killedFlow: killOne(of: flows())
            case .closedBroker: tellBroker("closed")
            case .openedBroker: tellBroker("open")
            case .logBurst: killOne(of: run.workspace.children())
            case .changedConfiguration: try canReload && reload()
            }
        if isMade { counts[fault, default: 0] += 1 }
    }

    private func flows() -> [Int32] {
        run.workspace.processes().filter { TextFile.linkTarget("/proc/\($0)/exe") == plant.flowProgram }
    }

    private func killOne(of pids: [Int32]) -> Bool {
        pids.randomElement().map { kill($0, SIGKILL) == 0 } ?? false
    }

    private func tellBroker(_ kafka: String) -> Bool {
        HTTPCall.put("/control", json: "{\"kafka\":\"\(kafka)\"}", port: plant.ports.control)?.status == 200
    }

    private func reload() throws -> Bool {
        // Any other value than the last one is a change.
        let interval = Duration.milliseconds(1000 + counts[.changedConfiguration, default: 0])
        try plant.write(flowInterval: interval, run.names.count, in: run.workspace)
        let command = [
            plant.product.binary, "config", "reload", "--run-dir", plant.product.runDirectory(in: run.workspace),
        ]
        let process = try SpawnedProcess(command, directory: run.workspace.path, log: "\(run.workspace.path)/reload")
        _ = try process.waitForEnd(limit: .seconds(180))
        return process.exitCode == 0
    }
}
