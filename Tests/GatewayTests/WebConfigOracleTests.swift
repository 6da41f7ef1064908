import Gateway
import ProcessControl
import SystemPackage
import Testing

/// The same files are given to promtool, which reads them with the exporter-toolkit itself.
@Suite(
    "Gateway: web configurations as Prometheus reads them",
    .timeLimit(.minutes(3)),
    .enabled(if: Certificates.canBeMade, "openssl is not installed")
)
struct WebConfigOracleTests {
    /// A file, and who accepts it.
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let isAccepted: Bool
        /// Why Prometheus does otherwise.
        let difference: String?

        var testDescription: String { text.split(separator: "\n").joined(separator: " | ") }

        init(_ text: String, isAccepted: Bool, unlikePrometheus difference: String? = nil) {
            self.text = text
            self.isAccepted = isAccepted
            self.difference = difference
        }
    }

    private static let files = "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
    private static let hash = "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG"

    private static let accepted = [
        "", "# nothing\n", "tls_server_config: {}\n", "basic_auth_users: {}\n", files,
        files + "  client_auth_type: NoClientCert\n",
        files + "  client_auth_type: RequestClientCert\n",
        files + "  client_auth_type: RequireAnyClientCert\n",
        files + "  client_auth_type: VerifyClientCertIfGiven\n  client_ca_file: ca.pem\n",
        files + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.pem\n",
        files + "  min_version: TLS10\n  max_version: TLS12\n",
        files + "  min_version: TLS13\n  max_version: TLS13\n",
        files + "  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]\n  prefer_server_cipher_suites: false\n",
        files + "  cipher_suites: []\n",
        files + "  curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]\n",
        files + "http_server_config: {http2: false}\n",
        "http_server_config:\n  headers: {X-Frame-Options: deny, X-Content-Type-Options: nosniff, X-XSS-Protection: 0}\n",
        "http_server_config:\n  headers: {Strict-Transport-Security: max-age=31536000}\n",
        "http_server_config:\n  headers: {Content-Security-Policy: \"default-src 'self'\"}\n",
        "basic_auth_users: {ada: \(hash), \"b o\": \(hash)}\n", files + "basic_auth_users: {ada: \(hash)}\n",
    ].map { Case($0, isAccepted: true) }

    private static let refused = [
        "tls_server_confg: {}\n", files + "  cert: x\n  unknown: 1\n", "basic_auth_users: {ada: secret}\n",
        "tls_server_config: {cert_file: server.pem}\n", "tls_server_config: {key_file: server.key}\n",
        "tls_server_config: {cert_file: no.pem, key_file: server.key}\n",
        "tls_server_config: {cert_file: server.pem, key_file: no.key}\n",
        "tls_server_config: {cert_file: server.pem, key_file: ca.key}\n",
        "tls_server_config: {cert_file: server.key, key_file: server.key}\n",
        "tls_server_config: {client_auth_type: NoClientCert}\n",
        files + "  client_auth_type: Maybe\n", files + "  client_ca_file: ca.pem\n",
        files + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: no.pem\n",
        files + "  min_version: TLS99\n", files + "  cipher_suites: [TLS_NO_SUCH]\n",
        files + "  curve_preferences: [CurveP224]\n", files + "  cert_file: server.pem\n",
        "http_server_config: {http3: true}\n", "http_server_config: {http2: perhaps}\n",
        "http_server_config: {headers: {X-Powered-By: x}}\n",
        "http_server_config: {headers: {X-Frame-Options: allow}}\n", "tls_server_config: [\n", "- a\n",
        "basic_auth_users: 7\n",
    ].map { Case($0, isAccepted: false) }

    private static let different = [
        Case(
            "tls_server_config: {min_version: TLS13}\n",
            isAccepted: false,
            unlikePrometheus: "who writes of TLS and names no certificate would be served without TLS"
        ),
        Case(
            files + "  min_version: TLS13\n  max_version: TLS12\n",
            isAccepted: false,
            unlikePrometheus: "no client could connect"
        ),
        Case(
            files + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: server.key\n",
            isAccepted: false,
            unlikePrometheus: "no client could connect"
        ),
        Case(
            files + "  cipher_suites: [TLS_AES_128_GCM_SHA256]\n",
            isAccepted: false,
            unlikePrometheus: "Go ignores the choice of a suite of TLS 1.3"
        ),
        Case(
            files + "  cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]\n",
            isAccepted: false,
            unlikePrometheus: "newer versions of Go refuse suites without forward secrecy as well"
        ),
        Case(
            "basic_auth_users: {\"a:b\": \(hash)}\n",
            isAccepted: false,
            unlikePrometheus: "no client can say that name"
        ),
        Case(
            "basic_auth_users: {ada: \(hash.replacing("$10$", with: "$31$"))}\n",
            isAccepted: false,
            unlikePrometheus: "one check would take a day"
        ),
        Case(
            "rate_limit: {interval: 1s, burst: 20}\n",
            isAccepted: true,
            unlikePrometheus: "newer than the toolkit of Debian 12"
        ),
        Case(
            files + "  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [scraper.plant]\n",
            isAccepted: true,
            unlikePrometheus: "newer than the toolkit of Debian 12"
        ),
    ]

    @Test("a file is accepted or refused by both, or there is a reason", arguments: accepted + refused + different)
    func oracle(_ example: Case) async throws {
        let directory = try TestDirectory()
        let certificates = Certificates(directory: directory)
        try await certificates.makeAuthority("ca")
        try await certificates.make("server", signedBy: "ca")
        let web = try directory.write("web.yml", example.text)
        let file = try directory.write("gateway.yaml", "{}")
        let ours = try await Program.run(
            Binaries.gateway,
            ["config", "validate", "--config", file.string, "--web-config-file", web.string]
        )
        let code = example.isAccepted ? ExitStatus.success : .badConfiguration
        #expect(ours.status == .exited(code: code.rawValue), "\(ours.text(.stderr))")
        if !example.isAccepted {
            #expect(ours.text(.stderr).hasPrefix("gatewarden: \(web):"), "\(ours.text(.stderr))")
        }
        let theirs = try await Program.run("/bin/sh", ["-c", "promtool check web-config \(web)"])
        let isAcceptedByPrometheus = theirs.status == .exited(code: 0)
        #expect(isAcceptedByPrometheus == (example.isAccepted == (example.difference == nil)))
    }
}
