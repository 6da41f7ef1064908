import GatewayConfiguration
import Testing

@Suite("Variable bundle")
struct VariableBundleTests {
    private static let bundle = VariableBundle(
        user: [
            "IP": VariableValue(.string("10.0.0.1")),
            "connection": VariableValue(
                .map([
                    "host": VariableValue(.string("plc")),
                    "login": VariableValue(.map(["password": VariableValue(.string("hush"))])),
                ])
            ),
            "secrets": VariableValue(.map(["a": VariableValue(.string("hush"))]), isSecret: true),
        ],
        global: ["apiURL": VariableValue(.string("https://api")), "IP": VariableValue(.string("0.0.0.0"))],
        internal: InternalVariables(
            path: ["gateway", "press", "flow"],
            createdAt: .milliseconds(1_795_226_730_123),
            location: LocationSection(enterprise: "acme", area: "hall")
        )
    )

    @Test(
        "a variable is found in its tier",
        arguments: [
            ("IP", "10.0.0.1"),
            ("connection.host", "plc"),
            ("global.apiURL", "https://api"),
            ("global.IP", "0.0.0.0"),
            ("internal.id", "gateway/press/flow"),
            ("internal.path", "gateway/press/flow"),
            ("internal.parentPath", "gateway/press"),
            ("internal.name", "flow"),
            ("internal.createdAt", "2026-11-21T02:05:30.123Z"),
            ("internal.location", "acme/hall"),
        ]
    )
    func found(name: String, text: String) throws {
        let path = try #require(VariablePath(name))
        #expect(try Self.bundle.value(of: path) == VariableValue(.string(text)))
    }

    @Test(
        "a name that says so makes a secret of everything below it",
        arguments: ["connection.login.password", "secrets.a"]
    )
    func secret(name: String) throws {
        let path = try #require(VariablePath(name))
        #expect(try Self.bundle.value(of: path) == VariableValue(.string("hush"), isSecret: true))
    }

    @Test(
        "an unknown variable is refused with the nearest name and all that there are",
        arguments: [
            (
                "Ip2",
                "unknown variable \"Ip2\", did you mean \"IP\"? allowed: IP, connection, secrets, global.IP, "
                    + "global.apiURL, internal.createdAt, internal.id, internal.location, internal.name, "
                    + "internal.parentPath, internal.path"
            ),
            (
                "global.apiUrl2",
                "unknown variable \"global.apiUrl2\", did you mean \"global.apiURL\"? allowed: global.IP,"
            ),
            ("internal.uuid", "unknown variable \"internal.uuid\", did you mean \"internal.id\"? allowed: internal."),
            (
                "connection.hosts",
                "unknown variable \"connection.hosts\", did you mean \"connection.host\"? "
                    + "allowed: connection.host, connection.login"
            ),
            ("IP.x", "unknown variable \"IP.x\"; \"IP\" is a string and has no names inside"),
            ("connection.host.x.y", "\"connection.host\" is a string and has no names inside"),
        ]
    )
    func unknown(name: String, problem: String) throws {
        let path = try #require(VariablePath(name))
        let error = #expect(throws: TemplateRejection.self) { try Self.bundle.value(of: path) }
        guard case .problem(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.hasPrefix(problem) || message.hasSuffix(problem), "\(message)")
    }

    @Test("a message lists at most twenty names")
    func manyNames() throws {
        let names = (100..<150).map { "v\($0)" }
        let user = Dictionary(uniqueKeysWithValues: names.map { ($0, VariableValue(.boolean(true))) })
        let path = try #require(VariablePath("other"))
        let error = #expect(throws: TemplateRejection.self) { try VariableBundle(user: user).value(of: path) }
        guard case .problem(let message) = error else { return }
        #expect(message.hasSuffix("v118, v119, and 30 more"), "\(message)")
    }

    @Test("what has been reported as wrong is not reported again")
    func unusable() throws {
        let bundle = VariableBundle(unusable: ["a"], unusableGlobals: ["b"])
        for name in ["a", "a.x", "global.b", "global"] {
            let path = try #require(VariablePath(name))
            #expect(throws: TemplateRejection.reported) { try bundle.value(of: path) }
        }
    }
}
