/// The section `tls_server_config` of a `web.config`.
public struct WebTLSSection: Sendable, Equatable {
    /// A certificate or a key.
    public enum PEM: Sendable, Equatable {
        /// The absolute path of a file.
        case file(String)
        /// The text itself.
        case text(String)
    }

    /// What is asked of clients.
    public enum ClientAuthentication: String, Sendable, CaseIterable {
        /// No certificate is asked for.
        case noClientCert = "NoClientCert"
        /// A certificate is asked for, and may be missing or anybody's.
        case requestClientCert = "RequestClientCert"
        /// A certificate is needed, and may be anybody's.
        case requireAnyClientCert = "RequireAnyClientCert"
        /// An older name of `RequireAnyClientCert`.
        case requireClientCert = "RequireClientCert"
        /// A certificate may be missing, but must be good where there is one.
        case verifyClientCertIfGiven = "VerifyClientCertIfGiven"
        /// A good certificate is needed.
        case requireAndVerifyClientCert = "RequireAndVerifyClientCert"

        /// Whether a client without a certificate is turned away.
        public var requiresCertificate: Bool {
            switch self {
            case .noClientCert, .requestClientCert, .verifyClientCertIfGiven: false
            case .requireAnyClientCert, .requireClientCert, .requireAndVerifyClientCert: true
            }
        }
    }

    /// A version of TLS.
    public enum Version: String, Sendable, CaseIterable {
        /// TLS 1.0.
        case tls10 = "TLS10"
        /// TLS 1.1.
        case tls11 = "TLS11"
        /// TLS 1.2.
        case tls12 = "TLS12"
        /// TLS 1.3.
        case tls13 = "TLS13"
    }

    /// The server's certificate.
    public let certificate: PEM
    /// The key of the certificate.
    public let key: PEM
    /// What is asked of clients.
    public let clientAuthentication: ClientAuthentication
    /// The certificates that clients' certificates are signed with; nil for those that the system trusts.
    public let clientAuthority: PEM?
    /// The alternative names of which a client's certificate must have one; nil for any.
    public let allowedNames: [String]?
    /// The oldest version that is spoken.
    public let minimumVersion: Version
    /// The newest version that is spoken.
    public let maximumVersion: Version
    /// The cipher suites of TLS up to 1.2, best first; empty for the usual ones.
    public let cipherSuites: [WebCipherSuite]
    /// The groups for the exchange of keys, best first; empty for the usual ones.
    public let curves: [WebCurve]

    /// Reads values; nil where certificate or key are missing, which validation reports.
    init?(_ object: ConfigurationObject, folder: ConfigurationFolder) {
        let pem = { (text: Setting<String?>, file: Setting<String?>) -> PEM? in
            object[file].map { .file(folder.absolute($0)) } ?? object[text].map { .text($0) }
        }
        guard let certificate = pem(WebTLSSchema.certificate, WebTLSSchema.certificateFile),
            let key = pem(WebTLSSchema.key, WebTLSSchema.keyFile)
        else { return nil }
        self.certificate = certificate
        self.key = key
        clientAuthority = pem(WebTLSSchema.clientAuthority, WebTLSSchema.clientAuthorityFile)
        clientAuthentication = object[WebTLSSchema.clientAuthentication]
        allowedNames = object[WebTLSSchema.allowedNames]
        minimumVersion = object[WebTLSSchema.minimumVersion]
        maximumVersion = object[WebTLSSchema.maximumVersion]
        cipherSuites = object[WebTLSSchema.cipherSuites]
        curves = object[WebTLSSchema.curves]
    }
}

extension WebTLSSection.ClientAuthentication: SettingValue {}
extension WebTLSSection.Version: SettingValue {}

extension WebTLSSection.Version: Comparable {
    /// Tells which version is older.
    public static func < (left: Self, right: Self) -> Bool {
        // Their names sort as they do.
        left.rawValue < right.rawValue
    }
}
