extension ProcessConfiguration: Encodable {
    private enum CodingKeys: CodingKey {
        case command, restart, stopTimeoutSeconds, probes
    }

    /// Writes the desired document of a process worker; durations are seconds.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
        try container.encode(restart, forKey: .restart)
        try container.encode(stopTimeout.inSeconds, forKey: .stopTimeoutSeconds)
        try container.encode(probes, forKey: .probes)
    }
}

extension Duration {
    /// The duration in seconds, for documents.
    var inSeconds: Double { self / .seconds(1) }
}
