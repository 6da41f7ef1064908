import GatewayConfiguration
import Testing

@Suite("Groups and dependencies")
struct TopologyTests {
    @Test("dependencies on siblings stay with the process, those on the top level move to the group")
    func lifting() throws {
        let text = """
            processes:
              - {name: flow, group: press, command: [x], dependsOn: [broker, connection, oven]}
              - {name: connection, group: press, command: [x], dependsOn: [broker]}
              - {name: broker, command: [x]}
              - {name: oven-1, group: oven, command: [x]}
              - {name: report, command: [x], dependsOn: [press, broker]}
            """
        let configuration = try ConfigurationFixture.load(text).configuration
        #expect(configuration.processes.map(\.dependsOn) == [["connection"], [], [], [], ["press", "broker"]])
        #expect(configuration.groups.map(\.name) == ["press", "oven"])
        #expect(configuration.groups.map(\.dependsOn) == [["broker", "oven"], []])
        #expect(configuration.processes[0].path == ["gateway", "press", "flow"])
    }

    @Test("a sibling goes before a node of the top level with the same name, and equal names in two groups are fine")
    func nearest() throws {
        let text = """
            processes:
              - {name: a, command: [x]}
              - {name: a, group: g, command: [x]}
              - {name: b, group: g, command: [x], dependsOn: [a]}
              - {name: a, group: h, command: [x]}
            """
        let configuration = try ConfigurationFixture.load(text).configuration
        #expect(configuration.processes[2].dependsOn == ["a"])
        #expect(configuration.groups.map(\.dependsOn) == [[], []])
    }

    @Test(
        "what contradicts itself is reported at its place",
        arguments: [
            (
                "- {name: a, command: [x]}\n- {name: a, command: [x]}",
                ["gateway.yaml:3:10: processes[1].name: duplicate name \"a\" at the top level; it is already used at "]
            ),
            (
                "- {name: a, group: g, command: [x]}\n- {name: a, group: g, command: [x]}",
                ["gateway.yaml:3:10: processes[1].name: duplicate name \"a\" in group \"g\"; it is already used at "]
            ),
            (
                "- {name: g, command: [x]}\n- {name: a, group: g, command: [x]}",
                ["gateway.yaml:3:20: processes[1].group: \"g\" is already a process at "]
            ),
            (
                "- {name: broker, command: [x]}\n- {name: a, command: [x], dependsOn: [brokr]}",
                [
                    "gateway.yaml:3:39: processes[1].dependsOn[0]: no child or group is named \"brokr\", did you mean \"broker\"? "
                        + "allowed: a child without a group, a group"
                ]
            ),
            (
                "- {name: a, group: g, command: [x]}\n- {name: b, command: [x], dependsOn: [a]}",
                [
                    "gateway.yaml:3:39: processes[1].dependsOn[0]: \"a\" is inside \"g\"; "
                        + "allowed from outside: the whole \"g\""
                ]
            ),
            (
                "- {name: a, group: g, command: [x], dependsOn: [g]}",
                ["gateway.yaml:2:49: processes[0].dependsOn[0]: \"g\" is the parent of this child itself"]
            ),
            (
                "- {name: a, command: [x]}\n- {name: b, command: [x], dependsOn: [a, a]}",
                ["gateway.yaml:3:42: processes[1].dependsOn[1]: \"a\" is listed twice"]
            ),
            (
                "- {name: a, command: [x], dependsOn: [a]}",
                ["gateway.yaml:2:39: processes[0].dependsOn[0]: dependency cycle a -> a;"]
            ),
            (
                "- {name: a, command: [x], dependsOn: [b]}\n- {name: b, command: [x], dependsOn: [a]}",
                ["gateway.yaml:3:39: processes[1].dependsOn[0]: dependency cycle a -> b -> a;"]
            ),
            (
                "- {name: a, group: g, command: [x], dependsOn: [b]}\n- {name: b, group: g, command: [x], dependsOn: [a]}",
                ["gateway.yaml:3:49: processes[1].dependsOn[0]: dependency cycle a -> b -> a;"]
            ),
            (
                "- {name: a, group: g, command: [x], dependsOn: [h]}\n- {name: b, group: h, command: [x], dependsOn: [g]}",
                ["gateway.yaml:3:49: processes[1].dependsOn[0]: dependency cycle g -> h -> g;"]
            ),
            (
                "- {name: a, command: [x], dependsOn: [b]}\n- {name: b, command: [x], dependsOn: [a]}\n"
                    + "- {name: c, command: [x], dependsOn: [c]}",
                ["gateway.yaml:3:39: ", "gateway.yaml:4:39: processes[2].dependsOn[0]: dependency cycle c -> c;"]
            ),
            (
                "- {name: a, command: [x], dependsOn: [b]}\n- {name: b/, command: [x]}",
                ["gateway.yaml:3:10: processes[1].name: \"b/\" is not a valid name;"]
            ),
        ]
    )
    func contradiction(list: String, expected: [String]) throws {
        let problems = try ConfigurationFixture.problems("processes:\n\(list)\n")
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, start) in zip(problems, expected) { #expect(problem.hasPrefix(start), "\(problem)") }
    }

    @Test("the same name in two files is a duplicate")
    func twoFiles() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("processes: [{name: a, command: [x]}]".utf8)
        try fixture.write("processes: [{name: a, command: [x]}]".utf8, to: "conf.d/a.yaml")
        let problems = fixture.problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("conf.d/a.yaml:1:20: processes[1].name: duplicate name \"a\"") == true)
        #expect(problems.first?.hasSuffix("gateway.yaml:1:20") == true)
    }

    @Test("a chain of thousands is searched without exhausting the stack, and its cycle is shown without its middle")
    func longChain() throws {
        let count = 5000
        let lines = (0..<count).map { "- {name: p\($0), command: [x], dependsOn: [p\(($0 + 1) % count)]}\n" }
        let problems = try ConfigurationFixture.problems("processes:\n" + lines.joined())
        #expect(problems.count == 1)
        #expect(problems.first?.contains("p0 -> p1 -> ") == true)
        #expect(problems.first?.contains("(4985 more)") == true)
        #expect(problems.first?.contains("-> p0; remove one") == true)
    }

    @Test("ten thousand processes load, one more is refused", arguments: [(10_000, true), (10_001, false)])
    func many(count: Int, isAccepted: Bool) throws {
        let lines = (0..<count).map { "- {name: p\($0), group: g\($0 / 10), command: [x, y]}\n" }
        let problems = try ConfigurationFixture.problems("processes:\n" + lines.joined())
        #expect(problems == (isAccepted ? [] : ["gateway.yaml:2:1: processes: 10001 elements; allowed: 0 to 10000"]))
    }
}
