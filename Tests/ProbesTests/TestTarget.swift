import ProcessControl
import SystemPackage

@testable import Probes

extension ProbeTarget {
    /// A process that need not exist, in the surroundings that a test wants.
    static func test(
        _ kinds: ProbeConfiguration.Kind...,
        environment: [String: String] = ["PATH": ProcessEnvironment.defaultPath],
        workingDirectory: FilePath? = nil
    ) -> ProbeTarget {
        ProbeTarget(
            name: "box/flow",
            spec: ProcessSpec(executable: "/bin/true", environment: environment, workingDirectory: workingDirectory),
            probes: kinds.map { ProbeConfiguration(kind: $0) },
            isAlive: { false }
        )
    }

    /// Takes lines as if the process had written them to standard output.
    func write(_ lines: String...) {
        for line in lines { noteOutput(OutputLine(stream: .stdout, text: line)) }
    }
}

extension Prober {
    /// Asks once; nil where the answer is the expected one.
    func failure(within timeout: Duration = .seconds(50)) async -> ProbeFailure? {
        do throws(ProbeFailure) {
            try await probe(within: timeout)
            return nil
        } catch {
            return error
        }
    }
}
