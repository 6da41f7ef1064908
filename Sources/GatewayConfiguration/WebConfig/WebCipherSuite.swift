/// A cipher suite of TLS up to 1.2 that a `web.config` may name: those with forward secrecy, which Go's `tls.CipherSuites`
/// lists too.
///
/// TLS 1.3 has suites of its own, which neither Go nor BoringSSL let anybody choose.
public enum WebCipherSuite: String, Sendable, CaseIterable {
    /// ECDHE with ECDSA, AES-128-CBC and SHA-1.
    case ecdsaAES128CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    /// ECDHE with ECDSA, AES-256-CBC and SHA-1.
    case ecdsaAES256CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
    /// ECDHE with RSA, AES-128-CBC and SHA-1.
    case rsaAES128CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
    /// ECDHE with RSA, AES-256-CBC and SHA-1.
    case rsaAES256CBC = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
    /// ECDHE with ECDSA and AES-128-GCM.
    case ecdsaAES128GCM = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    /// ECDHE with ECDSA and AES-256-GCM.
    case ecdsaAES256GCM = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    /// ECDHE with RSA and AES-128-GCM.
    case rsaAES128GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    /// ECDHE with RSA and AES-256-GCM.
    case rsaAES256GCM = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    /// ECDHE with RSA and ChaCha20-Poly1305.
    case rsaChaCha20 = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    /// ECDHE with ECDSA and ChaCha20-Poly1305.
    case ecdsaChaCha20 = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"

    /// The number of the suite.
    ///
    /// Source: IANA's registry of TLS parameters, "TLS Cipher Suites".
    public var number: UInt16 {
        switch self {
        case .ecdsaAES128CBC: 0xC009
        case .ecdsaAES256CBC: 0xC00A
        case .rsaAES128CBC: 0xC013
        case .rsaAES256CBC: 0xC014
        case .ecdsaAES128GCM: 0xC02B
        case .ecdsaAES256GCM: 0xC02C
        case .rsaAES128GCM: 0xC02F
        case .rsaAES256GCM: 0xC030
        case .rsaChaCha20: 0xCCA8
        case .ecdsaChaCha20: 0xCCA9
        }
    }
}

extension WebCipherSuite: SettingValue {}
