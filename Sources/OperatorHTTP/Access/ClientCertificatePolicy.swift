internal import Glibc
internal import NIOCore
internal import NIOSSL

/// What is asked of the certificates of clients.
struct ClientCertificatePolicy: Sendable {
    /// A client's certificate has none of the names that are allowed.
    struct NameNotAllowed: Error {}

    private let authentication: TLSSettings.ClientAuthentication
    private let allowedNames: Set<String>?

    /// - Parameters:
    ///   - authentication: What is asked of clients.
    ///   - allowedNames: The alternative names of which a certificate must have one; nil for any.
    init(_ authentication: TLSSettings.ClientAuthentication, allowedNames: [String]?) {
        self.authentication = authentication
        self.allowedNames = allowedNames.map(Set.init)
    }

    /// How a connection's certificate is looked at, so far as the library does it.
    var verification: CertificateVerification {
        switch authentication {
        case .none: .none
        case .request, .verifyIfGiven: .optionalVerification
        // A client has no host name to compare with.
        case .requireAny, .requireAndVerify: .noHostnameVerification
        }
    }

    /// Makes the handler of one connection.
    func makeHandler(_ context: NIOSSLContext) -> NIOSSLServerHandler {
        switch authentication {
        case .none: NIOSSLServerHandler(context: context)
        case .request, .requireAny:
            // In place of the library's own look at who has signed.
            NIOSSLServerHandler(context: context) { certificates, promise in
                promise.succeed(certificates.first.map(accepts) == true ? .certificateVerified : .failed)
            }
        case .verifyIfGiven, .requireAndVerify:
            NIOSSLServerHandler._makeSSLServerHandler(context: context) { certificate, channel in
                channel.eventLoop.makeCompletedFuture { if !accepts(certificate) { throw NameNotAllowed() } }
            }
        }
    }

    private func accepts(_ certificate: NIOSSLCertificate) -> Bool {
        guard let allowedNames else { return true }
        return certificate._subjectAlternativeNames().contains { name in
            Self.text(name).map(allowedNames.contains) == true
        }
    }

    /// The name as it is written in a configuration; nil for kinds that are not compared.
    private static func text(_ name: _SubjectAlternativeName) -> String? {
        switch name.nameType {
        case .dnsName, .email, .uri: String(validating: name.contents, as: UTF8.self)
        case .ipAddress: address(Array(name.contents))
        default: nil
        }
    }

    private static func address(_ bytes: [UInt8]) -> String? {
        let families = [4: AF_INET, 16: AF_INET6]
        guard let family = families[bytes.count] else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }
}
