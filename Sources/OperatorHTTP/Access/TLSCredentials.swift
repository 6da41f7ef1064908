internal import NIOCore
internal import NIOSSL

/// TLS that is ready to be spoken: certificate and key have been read, and fit each other.
public struct TLSCredentials: Sendable {
    /// When the first of the server's certificates expires, in seconds since 1970.
    public let expiry: Int

    private let context: NIOSSLContext
    private let client: ClientCertificatePolicy

    /// Reads certificates and key.
    ///
    /// Blocks for the time of reading what the system trusts, where that is asked for. May be called from any thread.
    ///
    /// - Parameter settings: What TLS is set up from.
    /// - Throws: ``TLSError`` that names the setting to correct.
    public init(_ settings: TLSSettings) throws(TLSError) {
        let chain = try PEMText(bytes: settings.certificate, setting: .certificate).certificates()
        let key = try PEMText(bytes: settings.key, setting: .key).key()
        client = ClientCertificatePolicy(settings.clientAuthentication, allowedNames: settings.allowedNames)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = settings.versions.lowerBound.forNIO
        configuration.maximumTLSVersion = settings.versions.upperBound.forNIO
        configuration.certificateVerification = client.verification
        if let authority = settings.clientAuthority {
            configuration.trustRoots = .certificates(
                try PEMText(bytes: authority, setting: .clientAuthority).certificates()
            )
        }
        if !settings.cipherSuites.isEmpty {
            configuration.cipherSuiteValues = settings.cipherSuites.map { NIOTLSCipher($0) }
        }
        if !settings.curves.isEmpty { configuration.curves = settings.curves.map { NIOTLSCurve($0) } }
        // The only protocol that is spoken here; a client that knows more can tell at once.
        configuration.applicationProtocols = ["http/1.1"]
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSError(setting: .whole, message: "certificate, key and versions do not fit each other: \(error)")
        }
        expiry = chain.map { Int($0.notValidAfter) }.min() ?? 0
    }

    /// Makes the handler of one connection.
    func makeHandler() -> NIOSSLServerHandler {
        client.makeHandler(context)
    }
}

extension TLSSettings.Version {
    fileprivate var forNIO: TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
