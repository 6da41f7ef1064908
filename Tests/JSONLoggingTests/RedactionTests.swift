import JSONLogging
import Logging
import Testing

@Suite("Redaction of what looks like a secret")
struct RedactionTests {
    private static let key = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpAIBAAKCAQEA
        -----END RSA PRIVATE KEY-----
        """

    /// A text, and what remains of it with `*` for the mask; nil where nothing is hidden.
    private static let rows: [(String, String?)] = [
        ("amqp://user:pa55word@broker:5672/vhost", "amqp://user:*@broker:5672/vhost"),
        ("at https://u:p:q@h/a and http://h:80/b@c", "at https://u:*@h/a and http://h:80/b@c"),
        ("http://user@host:9620/metrics", nil),
        ("http://user:@host", nil),
        ("://", nil),
        ("Authorization: Bearer abc\r\nHost: x", "Authorization: *\r\nHost: x"),
        ("proxy-authorization:Basic dTpw", "proxy-authorization:*"),
        ("map[Authorization:[Bearer abc] Host:[x]]", "map[Authorization:[*] Host:[x]]"),
        ("Set-Cookie: session=1; Path=/", "Set-Cookie: *"),
        ("sent bearer eyJhbGciOi.J9-x_1 twice", "sent bearer * twice"),
        ("Basic dXNlcjpwYXNzd29yZA==", "Basic *"),
        ("basic authentication failed", nil),
        ("Bearer authentication", nil),
        ("sasl.password=abc user=x", "sasl.password=* user=x"),
        ("--api-key=abc", "--api-key=*"),
        ("GET /x?token=abc&y=1", "GET /x?token=*&y=1"),
        (#"clientSecret="a b\"c" d"#, #"clientSecret="*" d"#),
        ("PASSWORD='x y' z", "PASSWORD='*' z"),
        (#"{"password": "x\"y", "a": 1}"#, #"{"password": "*", "a": 1}"#),
        (#"{"pin_token":1234,"a":1}"#, #"{"pin_token":*,"a":1}"#),
        (#"{\"password\":\"x\",\"a\":1}"#, #"{\"password\":\"*\",\"a\":1}"#),
        ("unexpected token: word", nil),
        ("password_file=/run/x", nil),
        ("tokens=12", nil),
        ("a == b, token=", nil),
        ("secret==", "secret=*"),
        ("key \(key) end", "key * end"),
        ("-----BEGIN PRIVATE KEY-----\\nMIIE", "*"),
        ("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", nil),
        ("-----BEGIN ", nil),
        ("", nil), (":", nil), ("=", nil), (" ", nil), ("bearer ", nil), ("password=", nil), (#""password":"#, nil),
        (#"password=""#, nil), (#"\"token\":\"#, nil), ("Authorization:", nil), (#"token="a\"#, #"token="*"#),
    ]

    @Test("texts", arguments: rows)
    func texts(_ text: String, _ expected: String?) {
        let redacted = Redactor().redact(text)
        #expect(redacted.replacing(Redactor.mask, with: "*") == expected ?? text)
        #expect(Redactor().redact(redacted) == redacted)
    }

    @Test("no text makes it trap, wherever it is cut", arguments: rows.map(\.0))
    func cuts(_ text: String) {
        let bytes = Array(text.utf8)
        for end in bytes.indices {
            _ = Redactor().redact(String(decoding: bytes[..<end], as: UTF8.self))
            _ = Redactor().redact(String(decoding: bytes[end...], as: UTF8.self))
        }
    }

    @Test(
        "values of metadata are hidden whose keys name a secret, at any depth",
        arguments: [
            ("password", true), ("SASL_PASSWORD", true), ("db.passwd", true), ("clientSecret", true), ("api-key", true),
            ("token", true), ("credentials", true), ("Authorization", true), ("private_key", true), ("cookie", true),
            ("passwordHash", true), ("password_file", false), ("token_expiry", false), ("tokens", false),
            ("key", false),
            ("secretary", false), ("d", false),
        ])
    func keys(_ key: String, _ isSecret: Bool) throws {
        let lines = try capture { sink in
            sink.logger().info(
                "m",
                metadata: [
                    key: .number(1234), "z": ["in": [[key: "5678"]], "list": .array([.dictionary([key: "9"])])],
                ])
        }
        let line = try #require(lines.first)
        for value in ["1234", "5678", #""9""#] { #expect(line.contains(value) != isSecret) }
    }

    @Test("every form and way out hides them", arguments: [LogForm.json, .text(TextStyle())])
    func forms(_ form: LogForm) throws {
        for destination in [LogDestination.stream, .prefixedStream, .journal(socket: "/nonexistent/socket")] {
            let lines = try capture(form: form, destination: destination) { sink in
                sink.logger("http://a:hidden1@b").error(
                    "http://a:hidden2@b",
                    metadata: ["http://a:hidden3@b": "http://a:hidden4@b", "l": ["token=hidden5"]])
            }
            #expect(lines.count == 1)
            #expect(lines.first?.contains("hidden") == false)
        }
    }
}
