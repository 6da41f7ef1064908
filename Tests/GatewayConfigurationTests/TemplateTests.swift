import GatewayConfiguration
import Testing

@Suite("Template")
struct TemplateTests {
    @Test(
        "a text is split into texts and expressions",
        arguments: [
            ("", []),
            ("plain", [.text("plain")]),
            ("{{ A }}", expressions("A")),
            ("{{A}}", expressions("A")),
            ("{{ \t A\t}}", expressions("A")),
            ("{{ a.b-c.d_1 }}", expressions("a.b-c.d_1")),
            ("{{ A }}{{ B }}", expressions("A", "B")),
            ("x{{ A }}y", [.text("x")] + expressions("A") + [.text("y")]),
            ("{\"a\":{{ A }}}", [.text("{\"a\":")] + expressions("A") + [.text("}")]),
            ("{\"a\":{\"b\":1}}", [.text("{\"a\":{\"b\":1}}")]),
            ("}} }", [.text("}} }")]),
            ("{ { A } }", [.text("{ { A } }")]),
            ("{{ \"{{\" }}", [.text("{{")]),
            ("a{{ \"{{\" }} A }}", [.text("a{{ A }}")]),
            ("{{ \"{{\" }}{{ A }}", [.text("{{")] + expressions("A")),
        ] as [(String, [Template.Part])]
    )
    func parts(text: String, parts: [Template.Part]) throws {
        #expect(try Template(text).parts == parts)
    }

    @Test(
        "what is no expression is refused with what is allowed",
        arguments: [
            ("{{", "\"{{\" is not closed with \"}}\"; write {{ NAME }}, or {{ \"{{\" }} for the text itself"),
            ("a {{ B", "is not closed"),
            ("{{ B }", "is not closed"),
            ("{{ A {{ B }}", "is not closed"),
            ("{{}}", "an expression is empty; write {{ NAME }}, or {{ \"{{\" }} for the text itself"),
            ("{{ \t }}", "an expression is empty"),
            (
                "{{ A B }}",
                "\"A B\" is not the name of a variable; allowed: names joined by dots, each 1 to 63 characters"
            ),
            ("{{ A | upper }}", "\"A | upper\" is not the name"),
            ("{{ a..b }}", "\"a..b\" is not the name"),
            ("{{ .a }}", "\".a\" is not the name"),
            ("{{ a. }}", "\"a.\" is not the name"),
            ("{{ ä }}", "\"ä\" is not the name"),
            ("{{ \"x\" }}", "is not the name"),
            ("{{{ A }}}", "\"{ A\" is not the name"),
            ("{{ A\n}}", "is not the name"),
            ("{{ A }}{{ }}", "an expression is empty"),
        ]
    )
    func refused(text: String, problem: String) {
        let error = #expect(throws: TemplateRejection.self) { try Template(text) }
        guard case .problem(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.contains(problem), "\(message)")
    }

    @Test(
        "one expression alone keeps the type of its value, and within text it becomes text",
        arguments: [
            ("{{ A }}", VariableValue.Content.number("502"), VariableValue.Content.number("502")),
            ("{{ A }}", .boolean(true), .boolean(true)),
            ("{{ A }}", .list([VariableValue(.number("1"))]), .list([VariableValue(.number("1"))])),
            ("{{ A }}", .string("{{ B }}"), .string("{{ B }}")),
            ("{{ A }}", .string(""), .string("")),
            ("p{{ A }}", .number("0502"), .string("p0502")),
            ("{{ A }} ", .boolean(false), .string("false ")),
            ("<{{ A }}>", .string("{{ B }}"), .string("<{{ B }}>")),
        ]
    )
    func filled(text: String, value: VariableValue.Content, result: VariableValue.Content) throws {
        var budget = TemplateBudget()
        let template = try Template(text)
        #expect(try template.filled(with: [VariableValue(value)], budget: &budget) == VariableValue(result))
    }

    @Test("a list or a mapping cannot stand within text")
    func collectionInText() throws {
        var budget = TemplateBudget()
        let template = try Template("x{{ hosts }}")
        let message = "\"hosts\" is a list; only a text, a number or a boolean can stand within other text"
        #expect(throws: TemplateRejection.problem(message)) {
            try template.filled(with: [VariableValue(.list([]))], budget: &budget)
        }
    }

    @Test("text with a secret in it is a secret")
    func secret() throws {
        var budget = TemplateBudget()
        let template = try Template("{{ A }}{{ B }}")
        let values = [VariableValue(.string("a")), VariableValue(.string("b"), isSecret: true)]
        #expect(try template.filled(with: values, budget: &budget) == VariableValue(.string("ab"), isSecret: true))
    }

    @Test("a budget that is used up is a problem once, and stays used up")
    func budget() throws {
        var limits = TemplateLimits()
        limits.maximumBytes = 100
        var budget = TemplateBudget(limits: limits)
        let template = try Template("{{ A }}{{ A }}")
        let value = VariableValue(.string(String(repeating: "x", count: 30)))
        _ = try template.filled(with: [value, value], budget: &budget)
        let problem = TemplateRejection.problem(
            "variables expand to more than 100 bytes in total; let them repeat each other less"
        )
        #expect(throws: problem) { try template.filled(with: [value, value], budget: &budget) }
        #expect(throws: TemplateRejection.reported) { try template.filled(with: [value, value], budget: &budget) }
        let empty = VariableValue(.string(""))
        #expect(throws: TemplateRejection.reported) { try template.filled(with: [empty, empty], budget: &budget) }
    }

    private static func expressions(_ names: String...) -> [Template.Part] {
        names.compactMap { VariablePath($0).map(Template.Part.expression) }
    }
}
