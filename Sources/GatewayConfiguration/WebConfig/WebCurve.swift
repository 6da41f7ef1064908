/// A group for the exchange of keys that a `web.config` may name.
public enum WebCurve: String, Sendable, CaseIterable {
    /// NIST P-256.
    case p256 = "CurveP256"
    /// NIST P-384.
    case p384 = "CurveP384"
    /// NIST P-521.
    case p521 = "CurveP521"
    /// Curve25519.
    case x25519 = "X25519"

    /// The number of the group.
    ///
    /// Source: IANA's registry of TLS parameters, "TLS Supported Groups".
    public var number: UInt16 {
        switch self {
        case .p256: 23
        case .p384: 24
        case .p521: 25
        case .x25519: 29
        }
    }
}

extension WebCurve: SettingValue {}
