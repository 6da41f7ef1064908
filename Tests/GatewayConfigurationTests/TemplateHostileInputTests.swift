import GatewayConfiguration
import Testing

@Suite("Hostile templates")
struct TemplateHostileInputTests {
    @Test("variables that repeat each other ten times each are refused once, as text and as lists")
    func laughs() throws {
        for isList in [false, true] {
            let lines = (1..<30).map { level in
                let repeated = Array(repeating: "{{ v\(level - 1) }}", count: 10)
                let list = repeated.map { "\"\($0)\"" }.joined(separator: ", ")
                return "      v\(level): \(isList ? "[\(list)]" : "\"\(repeated.joined())\"")\n"
            }
            let text = "processes:\n  - name: a\n    command: [x]\n    variables:\n      v0: lol\n" + lines.joined()
            let problems = try ConfigurationFixture.problems(text)
            #expect(problems.count == 1, "\(problems)")
            #expect(problems.first?.contains("variables expand to more than 16777216 bytes in total") == true)
        }
    }

    @Test("a large shared variable in thousands of processes is refused once")
    func shared() throws {
        let processes = (0..<5000).map { "  - {name: p\($0), command: [x, \"-{{ global.big }}\"]}\n" }
        let big = String(repeating: "x", count: 100_000)
        let problems = try ConfigurationFixture.problems("variables: {big: \(big)}\nprocesses:\n\(processes.joined())")
        #expect(problems.count == 1)
        #expect(problems.first?.contains("processes[167].command[1]: child \"p167\": variables expand to more") == true)
    }

    @Test("more expressions than the limit are refused once")
    func manyExpressions() throws {
        let line = "\"" + String(repeating: "{{A}}", count: 100_001) + "\""
        let text = "processes: [{name: a, variables: {A: x}, command: [x, \(line), \(line)]}]"
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("more than 200000 expressions are evaluated; write fewer") == true)
    }

    @Test("a long chain of variables is refused, and a shorter one is fine", arguments: [(32, true), (33, false)])
    func chain(length: Int, isAccepted: Bool) throws {
        let links = (1..<length).map { "v\($0): \"{{ v\($0 + 1) }}\"" } + ["v\(length): \"{{ internal.name }}\""]
        let text = "processes: [{name: a, command: [x, \"{{ v1 }}\"], variables: {\(links.joined(separator: ", "))}}]"
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.isEmpty == isAccepted, "\(problems)")
        #expect(problems.allSatisfy { $0.contains("in a chain of more than 32; shorten it") })
    }

    @Test("variables cannot nest values deeper than YAML may")
    func depth() throws {
        let deep = String(repeating: "[", count: 40) + "x" + String(repeating: "]", count: 40)
        let nested = String(repeating: "[", count: 30) + "\"{{ a }}\"" + String(repeating: "]", count: 30)
        let text = "processes: [{name: a, command: [x], variables: {a: \(deep), b: \(nested)}}]"
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("nest deeper than 64 levels once variables are in place") == true)
    }

    @Test("a long chain of deep values does not exhaust the stack")
    func deepChain() throws {
        let (open, close) = (String(repeating: "[", count: 55), String(repeating: "]", count: 55))
        let links = (1..<32).map { "v\($0): \(open)\"{{ v\($0 + 1) }}\"\(close)" } + ["v32: \(open)x\(close)"]
        let text = "processes: [{name: a, command: [x], variables: {\(links.joined(separator: ", "))}}]"
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("variables.v31[0]") == true)
        #expect(problems.first?.contains("nest deeper than 64 levels once variables are in place") == true)
    }

    @Test("thousands of unknown names among thousands of variables are reported and counted")
    func unknownNames() throws {
        let known = (0..<20_000).map { "k\($0): 1" }.joined(separator: ", ")
        let wrong = (0..<20_000).map { "\"{{ global.map.x\($0) }}\"" }.joined(separator: ", ")
        let fixture = try ConfigurationFixture()
        let process = "{name: a, command: [x], variables: {map: {\(known)}, list: [\(wrong)], u: \"{{ map.x }}\"}}"
        try fixture.write("variables: {map: {\(known)}}\nprocesses: [\(process)]".utf8)
        let error = #expect(throws: ConfigurationProblems.self) { try fixture.load() }
        #expect(error?.problems.count == ConfigurationProblems.maximumCount)
        #expect(error?.omittedCount == 19_001)
        #expect(error?.problems.first?.message.hasSuffix("\"global.map.x0\"; allowed: one of 20000 names") == true)
    }

    @Test("names of any length and kind make short messages that command no terminal")
    func names() throws {
        let name = String(repeating: "x", count: 5000)
        let dots = Array(repeating: "x", count: 5000).joined(separator: ".")
        let commands = "\"{{ \(name) }}\", \"{{ \(dots) }}\", \"{{ \\e[31m }}\", \"{{ a\\u202E }}\""
        let problems = try ConfigurationFixture.problems("processes: [{name: a, command: [\(commands)]}]")
        #expect(problems.count == 4)
        #expect(problems.allSatisfy { $0.utf8.count < 400 && !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
    }
}
