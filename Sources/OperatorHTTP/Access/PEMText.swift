internal import NIOSSL

/// Certificates or a key in PEM form.
struct PEMText {
    let bytes: [UInt8]
    /// What the text is of, for errors.
    let setting: TLSError.Setting

    /// Reads certificates.
    ///
    /// - Throws: ``TLSError`` where there is none, or one that is broken.
    func certificates() throws(TLSError) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
            if !certificates.isEmpty { return certificates }
        } catch {
            throw TLSError(setting: setting, message: "holds no certificate in PEM form that can be read: \(error)")
        }
        let message = "holds no certificate; it begins with -----BEGIN CERTIFICATE----- in PEM form"
        throw TLSError(setting: setting, message: message)
    }

    /// Reads a key.
    ///
    /// - Throws: ``TLSError`` where there is none, or one that is broken or encrypted.
    func key() throws(TLSError) -> NIOSSLPrivateKey {
        do {
            return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
        } catch {
            // The library's words are about its own calls, and may quote what is secret.
            throw TLSError(setting: setting, message: "holds no private key in PEM form without a passphrase")
        }
    }
}
