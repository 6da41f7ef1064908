/// The fields of a `web.config`.
enum WebConfigSchema {
    static let tls = Setting(
        "tls_server_config",
        .object(WebTLSSchema.object),
        default: ConfigurationObject(),
        help: "TLS."
    )
    static let http = Setting(
        "http_server_config",
        .object(ObjectSchema([http2.field, headers.field])),
        default: ConfigurationObject(),
        help: "Headers."
    )
    static let users = Setting(
        "basic_auth_users",
        .document,
        default: ConfigurationObject(),
        secrecy: .secret,
        help: "The bcrypt hash of the password of each user; without users everybody is let in."
    )
    static let rateLimit = Setting(
        "rate_limit",
        .object(ObjectSchema([interval.field, burst.field])),
        default: ConfigurationObject(),
        help: "How many requests are answered."
    )
    /// HTTP/2 is offered by those who speak it; this gateway does not, whatever is said here.
    static let http2 = Setting("http2", .boolean, default: true, help: "Accepted; HTTP/1.1 is spoken.")
    static let headers = Setting(
        "headers",
        .object(
            ObjectSchema([
                Setting<String?>("Content-Security-Policy", .text, help: "The header of this name.").field,
                Setting<String?>(
                    "X-Frame-Options",
                    .choice(noun: "frame option", words: ["deny", "sameorigin"]),
                    help: "The header of this name."
                ).field,
                Setting<String?>(
                    "X-Content-Type-Options",
                    .choice(noun: "content type option", words: ["nosniff"]),
                    help: "The header of this name."
                ).field,
                Setting<String?>("X-XSS-Protection", .text, help: "The header of this name.").field,
                Setting<String?>("Strict-Transport-Security", .text, help: "The header of this name.").field,
            ])
        ),
        default: ConfigurationObject(),
        help: "What every answer gets."
    )
    static let interval = Setting(
        "interval",
        .duration(.zero ... .seconds(3600)),
        default: Duration.zero,
        help: "The mean time between two requests; 0s for no limit."
    )
    static let burst = Setting("burst", .integer(0...1_000_000), default: 0, help: "How many may come at once.")

    /// The top level of the file.
    static let object = ObjectSchema([tls.field, http.field, rateLimit.field, users.field])
}

/// The section `tls_server_config`.
enum WebTLSSchema {
    static let certificate = Setting<String?>("cert", .string(nil), help: "The server's certificate as text.")
    static let key = Setting<String?>("key", .string(nil), secrecy: .secret, help: "Its key as text.")
    static let clientAuthority = Setting<String?>("client_ca", .string(nil), help: "Authority of clients as text.")
    static let certificateFile = Setting<String?>("cert_file", .path, help: "The server's certificate.")
    static let keyFile = Setting<String?>("key_file", .path, help: "The key of the certificate.")
    static let clientAuthorityFile = Setting<String?>("client_ca_file", .path, help: "The authority of clients.")
    static let clientAuthentication = Setting(
        "client_auth_type",
        .choice(
            noun: "kind of client authentication",
            words: WebTLSSection.ClientAuthentication.allCases.map(\.rawValue)
        ),
        default: WebTLSSection.ClientAuthentication.noClientCert,
        help: "What is asked of clients."
    )
    static let allowedNames = Setting<[String]?>(
        "client_allowed_sans",
        .list(of: .text, count: 0...1000),
        help: "The alternative names of which a client's certificate must have one."
    )
    static let minimumVersion = Setting(
        "min_version",
        .choice(noun: "version of TLS", words: WebTLSSection.Version.allCases.map(\.rawValue)),
        default: WebTLSSection.Version.tls12,
        help: "The oldest version that is spoken."
    )
    static let maximumVersion = Setting(
        "max_version",
        .choice(noun: "version of TLS", words: WebTLSSection.Version.allCases.map(\.rawValue)),
        default: WebTLSSection.Version.tls13,
        help: "The newest version that is spoken."
    )
    static let cipherSuites = Setting<[WebCipherSuite]>(
        "cipher_suites",
        .list(
            of: .choice(
                noun: "cipher suite that can be chosen (those of TLS 1.3 cannot)",
                words: WebCipherSuite.allCases.map(\.rawValue)
            ),
            count: 0...100
        ),
        default: [],
        help: "The cipher suites of TLS up to 1.2."
    )
    static let curves = Setting<[WebCurve]>(
        "curve_preferences",
        .list(of: .choice(noun: "curve", words: WebCurve.allCases.map(\.rawValue)), count: 0...100),
        default: [],
        help: "The groups for the exchange of keys, best first."
    )
    /// Go has ignored it since version 1.17; here as well the server prefers.
    static let prefersServer = Setting(
        "prefer_server_cipher_suites",
        .boolean,
        default: true,
        help: "Accepted and ignored, as by Prometheus."
    )
    static let object = ObjectSchema([
        certificate.field, key.field, clientAuthority.field, certificateFile.field, keyFile.field,
        clientAuthentication.field, clientAuthorityFile.field, allowedNames.field, minimumVersion.field,
        maximumVersion.field, cipherSuites.field, prefersServer.field, curves.field,
    ])
}
