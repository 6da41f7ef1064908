extension ExpositionSample {
    /// The value as Prometheus shows it: the shortest digits, with an exponent from a million on.
    public var valueText: String { numberText(value) }
}

extension ExpositionExemplar {
    /// The value as Prometheus shows it: the shortest digits, with an exponent from a million on.
    public var valueText: String { numberText(value) }
}

private func numberText(_ value: Double) -> String {
    guard value != 0 else { return value.sign == .minus ? "-0" : "0" }
    var bytes: [UInt8] = []
    NumberText.append(bound: value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
