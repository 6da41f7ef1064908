import GatewayConfiguration
import Testing

@Suite("Dependencies of declared siblings")
struct SiblingDependenciesTests {
    @Test("siblings of the same text and those that exist already may be named")
    func known() throws {
        let children = try ChildDeclarationFixture.load(list([("a", "[b, broker]"), ("b", "[broker]")]))
        #expect(children.map(\.dependsOn) == [["b", "broker"], ["broker"]])
    }

    @Test(
        "what contradicts itself is reported at its place",
        arguments: [
            (
                [("a", "[brokr]")],
                ["1:49: [0].dependsOn[0]: no sibling is named \"brokr\", did you mean \"broker\"? allowed: names of"]
            ),
            ([("a", "[broker, broker]")], ["1:57: [0].dependsOn[1]: \"broker\" is listed twice"]),
            ([("a", "[a]")], ["1:49: [0].dependsOn[0]: dependency cycle a -> a;"]),
            (
                [("a", "[b]"), ("b", "[c]"), ("c", "[a]")],
                ["3:49: [2].dependsOn[0]: dependency cycle a -> b -> c -> a;"]
            ),
            (
                [("a", "[]"), ("a", "[]")],
                ["2:10: [1].name: duplicate name \"a\"; it is already used at child.yaml:1:10"]
            ),
            ([("a", "[b]"), ("b/", "[]")], ["2:10: [1].name: \"b/\" is not a valid name"]),
            ([("a", "[\"{{ b }}\"]")], ["1:49: [0].dependsOn[0]: \"{{ b }}\" is not a valid name"]),
        ] as [([(String, String)], [String])]
    )
    func contradiction(children: [(String, String)], expected: [String]) {
        let problems = ChildDeclarationFixture.problems(list(children))
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) {
            #expect(problem.hasPrefix("child.yaml:\(start)"), "\(problem)")
        }
    }

    @Test("a name may repeat at different levels, and a child cannot wait for one of another level")
    func levels() {
        let text = """
            - {name: a, workerType: application, children: [{name: a, workerType: calculator, dependsOn: [b]}]}
            - {name: b, workerType: calculator}
            """
        let problems = ChildDeclarationFixture.problems(text)
        #expect(problems.count == 1, "\(problems)")
        #expect(
            problems.first?.hasPrefix("child.yaml:1:95: [0].children[0].dependsOn[0]: no sibling is named \"b\"")
                == true)
    }

    private func list(_ children: [(String, String)]) -> String {
        children.map { "- {name: \($0), workerType: calculator, dependsOn: \($1)}\n" }.joined()
    }
}
