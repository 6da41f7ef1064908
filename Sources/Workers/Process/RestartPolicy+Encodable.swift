import Supervision

extension RestartPolicy: Encodable {
    private enum CodingKeys: CodingKey {
        case mode, successExitCodes, initialDelaySeconds, maximumDelaySeconds, stableAfterSeconds
    }

    /// Writes the policy; durations are seconds, the exit codes are sorted.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(mode.rawValue, forKey: .mode)
        try container.encode(successExitCodes.sorted(), forKey: .successExitCodes)
        try container.encode(backoff.base.inSeconds, forKey: .initialDelaySeconds)
        try container.encode(backoff.cap.inSeconds, forKey: .maximumDelaySeconds)
        try container.encode(stableAfter.inSeconds, forKey: .stableAfterSeconds)
    }
}
