import Gateway
import ProcessControl
import SystemPackage
import Testing

@Suite(
    "Gateway: web configuration",
    .timeLimit(.minutes(3)),
    .enabled(if: Certificates.canBeMade, "openssl or curl are not installed")
)
struct WebConfigTests {
    private let directory: TestDirectory
    private let certificates: Certificates

    init() throws {
        directory = try TestDirectory()
        certificates = Certificates(directory: directory)
    }

    /// The password of `ada` is `U*U`: a test vector of crypt_blowfish.
    private static let users = """
        basic_auth_users:
          ada: $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
        """
    private static let server = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"

    @Test("with TLS and users, a client that trusts the server and knows a password reads everything")
    func tlsAndUsers() async throws {
        try await makeServerCertificate()
        let gateway = try await start(Self.server + Self.users)
        let base = try await gateway.waitForAddress()
        let trust = ["--cacert", certificates.path("ca.pem")]
        #expect(try await Curl.get(base, "/healthz", trust).text.hasSuffix("401"))
        #expect(try await Curl.get(base, "/healthz", trust + ["--user", "ada:wrong"]).text.hasSuffix("401"))
        #expect(try await Curl.get(base, "/healthz", trust + ["--user", "ada:U*U"]).text == "ok\n\n200")
        #expect(try await Curl.get(base, "/healthz", ["--user", "ada:U*U"]).code == 60, "an unknown authority")
        let plain = try await Program.run("/usr/bin/curl", ["--silent", "\(base)/healthz"])
        #expect(plain.status != .exited(code: 0), "no answer without TLS")
        let metrics = try await Curl.get(base, "/metrics", trust + ["--compressed", "--user", "ada:U*U"]).text
        #expect(metrics.contains(#"gatewarden_http_requests_total{code="401",path="other"} 2"#))
        #expect(metrics.contains(#"gatewarden_http_requests_total{code="200",path="/healthz"} 1"#))
        #expect(metrics.contains("\ngatewarden_http_connections_refused_total 2\n"))
        #expect(metrics.contains("\ngatewarden_web_config_reload_success 1\n"))
        #expect(metrics.contains("\ngatewarden_web_certificate_expiry_timestamp_seconds "))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    /// Which clients are let in: without a certificate, with a stranger's, a good one, one that has expired.
    @Test(
        "each kind of client authentication lets in whom Go's would",
        arguments: [
            ("NoClientCert", [true, true, true, true]),
            ("RequestClientCert", [true, true, true, true]),
            ("RequireAnyClientCert", [false, true, true, true]),
            ("VerifyClientCertIfGiven", [true, false, true, false]),
            ("RequireAndVerifyClientCert", [false, false, true, false]),
        ]
    )
    func clientAuthentication(_ kind: String, _ expected: [Bool]) async throws {
        try await makeServerCertificate()
        try await certificates.makeAuthority("other")
        try await certificates.make("stranger", signedBy: "other")
        try await certificates.make("good", signedBy: "ca")
        try await certificates.make("expired", signedBy: "ca", days: -1)
        let authority = kind == "NoClientCert" ? "" : "  client_ca_file: ca.pem\n"
        let gateway = try await start(Self.server + "  client_auth_type: \(kind)\n" + authority)
        let base = try await gateway.waitForAddress()
        var isLetIn: [Bool] = []
        for client in ["", "stranger", "good", "expired"] {
            isLetIn.append(try await Curl.get(base, "/healthz", arguments(client)).text == "ok\n\n200")
        }
        #expect(isLetIn == expected)
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test(
        "of clients with certificates, only those with an allowed name are let in",
        arguments: ["RequireAnyClientCert", "RequireAndVerifyClientCert"]
    )
    func allowedNames(_ kind: String) async throws {
        try await makeServerCertificate()
        let names = [
            "dns": "DNS:scraper.plant", "ip": "IP:10.0.0.5", "ip6": "IP:2001:db8::5", "mail": "email:a@plant",
            "uri": "URI:spiffe://plant/scraper", "other": "DNS:other.plant",
        ]
        for (name, san) in names { try await certificates.make(name, signedBy: "ca", names: san) }
        let gateway = try await start(
            """
            \(Self.server)  client_auth_type: \(kind)
              client_ca_file: ca.pem
              client_allowed_sans: [scraper.plant, 10.0.0.5, "2001:db8::5", a@plant, "spiffe://plant/scraper"]
            """
        )
        let base = try await gateway.waitForAddress()
        for name in names.keys {
            let isLetIn = try await Curl.get(base, "/healthz", arguments(name)).code == 0
            #expect(isLetIn == (name != "other"), "\(name)")
        }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("versions and cipher suites are those of the configuration")
    func versionsAndSuites() async throws {
        try await makeServerCertificate()
        let suites = "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n  curve_preferences: [CurveP384]\n"
        let gateway = try await start(Self.server + "  max_version: TLS12\n" + suites)
        let base = try await gateway.waitForAddress()
        let write = ["--verbose", "--stderr", "-"]
        let agreed = try await Curl.get(base, "/healthz", arguments("") + write)
        #expect(agreed.text.contains("TLSv1.2 / ECDHE-ECDSA-AES256-GCM-SHA384"))
        let refused = [
            ["--tlsv1.3"], ["--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256"], ["--curves", "X25519"],
            ["--tls-max", "1.1"],
        ]
        for choice in refused { #expect(try await Curl.get(base, "/healthz", arguments("") + choice).code != 0) }
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a certificate and users are exchanged while the gateway runs; what is wrong leaves the last good ones")
    func exchange() async throws {
        try await makeServerCertificate()
        let gateway = try await start(Self.server + Self.users)
        let base = try await gateway.waitForAddress()
        let trust = ["--cacert", certificates.path("ca.pem"), "--user", "ada:U*U"]
        #expect(try await Curl.get(base, "/healthz", trust).code == 0)

        try directory.write("server.pem", "nonsense")
        while try await !metrics(base, trust).contains("\ngatewarden_web_config_reload_success 0\n") {}
        let line = try await gateway.waitForLog { $0.msg == "Web configuration refused, the one before it applies" }
        #expect(line.level == "error")
        let reason =
            "web.yml:2:14: tls_server_config.cert_file: \(certificates.path("server.pem")) holds no certificate"
        guard case .text(let text)? = line.fields["error"] else { throw Missing(what: "the reason") }
        #expect(text.contains(reason), "\(text)")

        try await certificates.makeAuthority("ca-2")
        try await certificates.make("server", signedBy: "ca-2")
        let newTrust = ["--cacert", certificates.path("ca-2.pem"), "--user", "ada:U*U"]
        while try await Curl.get(base, "/healthz", newTrust).code != 0 {}
        #expect(try await metrics(base, newTrust).contains("\ngatewarden_web_config_reload_success 1\n"))
        #expect(try await Curl.get(base, "/healthz", trust).code == 60)

        try directory.write("web.yml", Self.server + Self.users.replacing("ada", with: "eve"))
        while try await !Curl.get(base, "/healthz", newTrust).text.hasSuffix("401") {}
        let eve = ["--cacert", certificates.path("ca-2.pem"), "--user", "eve:U*U"]
        #expect(try await Curl.get(base, "/healthz", eve).text.hasSuffix("200"))
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a web configuration that is wrong is refused with every problem and its place, and nothing is started")
    func refused() async throws {
        let web = try directory.write(
            "web.yml",
            """
            tls_server_config:
              cert_file: missing.pem
              key_file: missing.key
            basic_auth_users:
              ada: secret
            """
        )
        let file = try directory.write("gateway.yaml", "web: {configFile: web.yml}")
        for command in [["run"] + RunningGateway.directories(directory.path), ["config", "validate"]] {
            let result = try await Program.run(Binaries.gateway, command + ["--config", file.string])
            #expect(result.status == .exited(code: ExitStatus.badConfiguration.rawValue))
            let text = result.text(.stderr)
            let missing = directory.path.appending("missing.pem")
            #expect(text.contains("\(web):2:14: tls_server_config.cert_file: \(missing) cannot be opened"), "\(text)")
            #expect(text.contains("\(web):5:8: basic_auth_users.ada: is not a bcrypt hash"), "\(text)")
            #expect(!text.contains("secret"))
            #expect(!text.contains("Process started"))
        }
    }

    private func makeServerCertificate() async throws {
        try await certificates.makeAuthority("ca")
        try await certificates.make("server", signedBy: "ca")
    }

    private func start(_ web: String) async throws -> RunningGateway {
        try directory.write("web.yml", web)
        return try await RunningGateway.start("{}", in: directory, arguments: ["--web-config-file", "web.yml"])
    }

    /// What a client says that trusts the server; an empty name stands for one without a certificate.
    private func arguments(_ client: String) -> [String] {
        let trust = ["--cacert", certificates.path("ca.pem")]
        guard !client.isEmpty else { return trust }
        return trust + ["--cert", certificates.path("\(client).pem"), "--key", certificates.path("\(client).key")]
    }

    private func metrics(_ base: String, _ arguments: [String]) async throws -> String {
        try await Curl.get(base, "/metrics", arguments).text
    }
}
