import ProcessControl
import Supervision
import Testing
import Workers
import YAML

@testable import Gateway

@Suite("ReloadPlan")
struct ReloadPlanTests {
    private static func process(_ name: String, _ program: String = "sleep", dependsOn: [String] = []) -> ChildSpec {
        let command = ProcessCommand(program: program, environment: ProcessEnvironment(gateway: [:]))
        return ChildSpec(
            name: name,
            workerType: ProcessWorker.type,
            configuration: ProcessConfiguration(command: command),
            dependsOn: dependsOn
        )
    }

    private static func flow(_ name: String, stallAfter: Duration = .seconds(30), isEnabled: Bool = true) -> ChildSpec {
        let command = ProcessCommand(program: "benthos", environment: ProcessEnvironment(gateway: [:]))
        return ChildSpec(
            name: name,
            workerType: BenthosWorker.type,
            configuration: BenthosConfiguration(command: command, document: .mapping([]), stallAfter: stallAfter),
            isEnabled: isEnabled
        )
    }

    private static func group(_ name: String, _ children: [ChildSpec], dependsOn: [String] = []) -> ChildSpec {
        ChildSpec(
            name: name,
            workerType: ApplicationWorker.type,
            configuration: ApplicationConfiguration(children: children),
            dependsOn: dependsOn
        )
    }

    private static func summary(_ old: [ChildSpec], _ new: [ChildSpec]) -> [String] {
        ReloadPlan(from: group("box", old), to: group("box", new)).changes.map { change in
            switch change.kind {
            case .added: "+\(change.path)"
            case .changed: "~\(change.path)"
            case .removed: "-\(change.path)"
            }
        }
    }

    @Test("only nodes whose own declaration differs are in it, however deep")
    func differences() {
        let line = [Self.process("reader"), Self.flow("press")]
        let old = [Self.process("a"), Self.group("line", line), Self.process("c")]
        #expect(Self.summary(old, old) == [])
        #expect(Self.summary(old, old.reversed()) == [])
        let other = [Self.process("reader", "cat"), Self.flow("oven")]
        #expect(
            Self.summary(old, [Self.process("d"), Self.group("line", other), Self.process("c")])
                == ["+box/d", "~box/line/reader", "+box/line/oven", "-box/a", "-box/line/press"])
    }

    @Test("a group that only depends on something else is changed, and its children are not")
    func group() {
        let children = [Self.process("a")]
        #expect(
            Self.summary(
                [Self.process("b"), Self.group("line", children)],
                [Self.process("b"), Self.group("line", children, dependsOn: ["b"])]
            ) == ["~box/line"])
    }

    @Test("the flows to check are those that are new or have another configuration")
    func flows() {
        let old = [Self.flow("same"), Self.flow("other"), Self.flow("enabled"), Self.flow("gone"), Self.process("a")]
        let new = [
            Self.flow("same"), Self.flow("other", stallAfter: .seconds(1)), Self.flow("enabled", isEnabled: false),
            Self.flow("new"), Self.process("b"),
        ]
        let plan = ReloadPlan(from: Self.group("box", old), to: Self.group("box", new))
        #expect(plan.flows.map(\.path.name) == ["other", "new"])
        #expect(plan.counts == (added: 2, changed: 2, removed: 2))
    }

    @Test("what was added stays while its parent and what it depends on stay, and nobody takes its name")
    func additions() {
        let box = HierarchyPath(root: "box"), line = box.appending("line")
        let added = AddedChild(parent: line, name: "extra", dependsOn: ["a", "other"])
        let others = [added, AddedChild(parent: line, name: "other", dependsOn: [])]
        let below = AddedChild(parent: line.appending("extra"), name: "deep", dependsOn: [])
        func conflict(_ child: AddedChild, _ children: [ChildSpec]) -> String? {
            let root = Self.group("box", children)
            return child.conflict(with: ChildSpec.byPath([(box, root)] + root.nodes()), others: others + [below])
        }
        #expect(conflict(added, [Self.group("line", [Self.process("a")])]) == nil)
        #expect(conflict(below, []) == nil)
        #expect(conflict(added, [])?.contains("box/line/extra: was added to box/line, which") == true)
        #expect(conflict(added, [Self.process("line")])?.contains("no longer has") == true)
        #expect(conflict(added, [Self.group("line", [Self.process("b")])])?.contains("depends on a, which") == true)
        let taken = [Self.group("line", [Self.process("a"), Self.process("extra")])]
        #expect(conflict(added, taken)?.contains("has a child of this name now") == true)
    }
}
