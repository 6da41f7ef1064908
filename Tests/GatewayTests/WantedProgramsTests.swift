import Supervision
import Testing
import Workers

@testable import Gateway

@Suite("WantedPrograms")
struct WantedProgramsTests {
    private struct Nothing: WorkerConfiguration {}

    private func program(_ name: String, isEnabled: Bool = true) -> ChildSpec {
        ChildSpec(name: name, workerType: ProcessWorker.type, configuration: Nothing(), isEnabled: isEnabled)
    }

    private func group(_ name: String, isEnabled: Bool = true, _ children: [ChildSpec]) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ApplicationWorker.type,
            configuration: ApplicationConfiguration(children: children),
            isEnabled: isEnabled
        )
    }

    private func paths(_ root: ChildSpec, held: Set<String> = []) -> Set<String> {
        let held = Set(held.map { HierarchyPath(root: $0) })
        let wanted = WantedPrograms(root, held: held) { $0 == ProcessWorker.type }
        return Set(wanted.paths.map(\.description))
    }

    @Test("programs are found in groups and below protocol converters, other workers are none")
    func places() {
        let converter = ChildSpec(
            name: "press",
            workerType: ProtocolConverterWorker.type,
            configuration: ProtocolConverterConfiguration(children: [program("read")])
        )
        let root = group("box", [program("a"), group("line", [program("b"), converter])])
        #expect(paths(root) == ["box/a", "box/line/b", "box/line/press/read"])
    }

    @Test("what is switched off or stopped by an operator is not wanted, nor is what is below it")
    func unwanted() {
        let root = group(
            "box",
            [
                program("off", isEnabled: false), program("held"), program("on"),
                group("off-line", isEnabled: false, [program("a")]), group("held-line", [program("a")]),
            ]
        )
        #expect(paths(root, held: ["box/held", "box/held-line", "box/other"]) == ["box/on"])
        #expect(paths(root, held: ["box"]).isEmpty)
    }
}
