/// What TLS is set up from: the section `tls_server_config` of a `web.config`.
public struct TLSSettings: Sendable {
    /// What is asked of clients; names and meanings are those of Go's `crypto/tls`.
    public enum ClientAuthentication: Sendable, CaseIterable {
        /// No certificate is asked for.
        case none
        /// A certificate is asked for, and may be missing or anybody's.
        case request
        /// A certificate is needed, and may be anybody's.
        case requireAny
        /// A certificate may be missing, but must be good where there is one.
        case verifyIfGiven
        /// A good certificate is needed.
        case requireAndVerify
    }

    /// A version of TLS.
    public enum Version: Sendable, CaseIterable {
        /// TLS 1.0.
        case tls10
        /// TLS 1.1.
        case tls11
        /// TLS 1.2.
        case tls12
        /// TLS 1.3.
        case tls13
    }

    /// The server's certificate in PEM form, followed by those that it was signed with.
    public var certificate: [UInt8]
    /// The key of the certificate in PEM form.
    public var key: [UInt8]
    /// What is asked of clients.
    public var clientAuthentication = ClientAuthentication.none
    /// The certificates that clients' certificates are signed with, in PEM form; nil for those that the system trusts.
    public var clientAuthority: [UInt8]?
    /// The alternative names of which a client's certificate must have one; nil for any.
    public var allowedNames: [String]?
    /// The versions that are spoken.
    public var versions = Version.tls12...Version.tls13
    /// The cipher suites of TLS up to 1.2 by their IANA numbers, best first; empty for the usual ones.
    public var cipherSuites: [UInt16] = []
    /// The groups for the exchange of keys by their IANA numbers, best first; empty for the usual ones.
    public var curves: [UInt16] = []

    /// Describes TLS with the usual settings.
    ///
    /// - Parameters:
    ///   - certificate: The server's certificate in PEM form, followed by those that it was signed with.
    ///   - key: The key of the certificate in PEM form.
    public init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }
}

extension TLSSettings.Version: Comparable {
    /// Tells which version is older.
    public static func < (left: Self, right: Self) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .tls10: 0
        case .tls11: 1
        case .tls12: 2
        case .tls13: 3
        }
    }
}
