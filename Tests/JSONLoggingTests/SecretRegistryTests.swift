import JSONLogging
import Testing

@Suite("SecretRegistry")
struct SecretRegistryTests {
    private let registry = SecretRegistry()
    private let mask = Redactor.mask

    @Test("what is registered is hidden, and stays hidden when more comes")
    func register() {
        #expect(registry.redactor.redact("hunter2") == "hunter2")
        registry.register(["hunter2"])
        registry.register(["correct horse"])
        #expect(registry.redactor.redact("hunter2, correct horse, hunter") == "\(mask), \(mask), hunter")
    }

    @Test("values shorter than four bytes are ignored")
    func short() {
        registry.register(["", "abc", "abcd", "é1"])
        #expect(registry.redactor.redact("abc é1 abcde") == "abc é1 \(mask)e")
    }

    @Test("a secret with several lines is hidden line by line")
    func lines() {
        registry.register(["first line\nsecond line\r\nx\n"])
        #expect(registry.redactor.redact("a second line b") == "a \(mask) b")
        #expect(registry.redactor.redact("first line\nsecond line\r\nx\n") == mask)
        #expect(registry.redactor.redact("x") == "x")
    }

    @Test("a secret is hidden as it stands in JSON, too")
    func quoted() {
        registry.register([#"pa"ss\word"#])
        #expect(registry.redactor.redact(#"{"a":"pa\"ss\\word"}"#) == #"{"a":"\#(mask)"}"#)
        #expect(registry.redactor.redact(#"pa"ss\word"#) == mask)
    }

    @Test("the number is bounded, and the oldest are forgotten")
    func capacity() {
        registry.register((0..<SecretRegistry.capacity).map { "secret-\($0)-" })
        registry.register(["secret-0-", "another"])
        #expect(registry.redactor.redact("secret-0- another") == "\(mask) \(mask)")
        #expect(registry.redactor.redact("secret-1-") == "secret-1-")
        #expect(registry.redactor.redact("secret-2-") == mask)
    }
}

@Suite("Redactor")
struct RedactorTests {
    /// Secrets, a text, and what remains of it.
    private static let rows: [([String], String, String)] = [
        ([], "nothing to hide", "nothing to hide"),
        (["abcd"], "", ""),
        (["abcd"], "abc", "abc"),
        (["abcd"], "abcd", "*"),
        (["abcd"], "xabcdabcdx", "x**x"),
        (["abcd"], "ababcdcd", "ab*cd"),
        (["abcd", "abcdef"], "abcdef abcd abcde", "* * *e"),
        (["abcd", "bcdef"], "abcdef", "*ef"),
        (["geheim", "größe"], "größe geheim größ", "* * größ"),
    ]

    @Test("secrets are found wherever they begin, the longest first", arguments: rows)
    func redact(_ secrets: [String], _ text: String, _ expected: String) {
        let redacted = Redactor(secrets: secrets).redact(text)
        #expect(redacted.replacing(Redactor.mask, with: "*") == expected)
    }
}
