/// The codings that a client accepts: the header `Accept-Encoding`.
///
/// Source: RFC 9110, sections 12.4.2 and 12.5.3.
struct AcceptedCodings: Equatable {
    /// Quality values in thousandths by name, `*` included.
    private var weights: [String: Int] = [:]

    /// Reads a header; what of it breaks the grammar is left out.
    ///
    /// - Parameter header: The value; nil for none, which promises nothing but that the body itself is understood.
    init(_ header: String?) {
        for element in (header ?? "").split(separator: ",") {
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map {
                $0.filter { $0 != " " && $0 != "\t" }
            }
            guard let name = parts.first?.lowercased(), !name.isEmpty else { continue }
            var weight: Int? = 1000
            for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("q=") {
                weight = Self.thousandths(parameter.dropFirst(2))
            }
            // An old name of the same format: RFC 9110, section 8.4.1.3.
            if let weight { weights[name == "x-gzip" ? "gzip" : name] = weight }
        }
    }

    /// Whether a body may be sent as it is.
    var acceptsIdentity: Bool { weight(.identity) > 0 }

    /// The coding that the client likes best, and that costs least to send; nil where it accepts none.
    var preferred: ContentCoding? {
        var best: (coding: ContentCoding, weight: Double)?
        for coding in ContentCoding.allCases {
            let weight = weight(coding)
            if weight > best?.weight ?? 0 { best = (coding, weight) }
        }
        return best?.coding
    }

    private func weight(_ coding: ContentCoding) -> Double {
        if let weight = weights[coding.rawValue] { return Double(weight) }
        let others = weights["*"]
        guard coding == .identity else { return Double(others ?? 0) }
        // The body itself is acceptable unless it is excluded, but comes after everything that is named.
        return others == 0 ? 0 : 0.5
    }

    /// Reads a quality value: 0 or 1 with up to three decimals.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? parts[1] : ""
        guard let whole = parts.first, whole == "0" || whole == "1", decimals.utf8.count <= 3,
            decimals.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let padded = decimals + String(repeating: "0", count: 3 - decimals.utf8.count)
        guard let fraction = Int(padded), whole == "0" || fraction == 0 else { return nil }
        return whole == "1" ? 1000 : fraction
    }
}
