extension ConnectionConfiguration: Encodable {
    private enum CodingKeys: CodingKey {
        case host, port, periodSeconds, timeoutSeconds, failureThreshold, flapWindowSeconds, flapThreshold
    }

    /// Writes the desired document; durations are seconds.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encode(port, forKey: .port)
        try container.encode(period.inSeconds, forKey: .periodSeconds)
        try container.encode(timeout.inSeconds, forKey: .timeoutSeconds)
        try container.encode(failureThreshold, forKey: .failureThreshold)
        try container.encode(flapWindow.inSeconds, forKey: .flapWindowSeconds)
        try container.encode(flapThreshold, forKey: .flapThreshold)
    }
}

extension ConnectionObservation: Encodable {
    private enum CodingKeys: CodingKey {
        case isUp, connectSeconds, failure, changes
    }

    /// Writes the observed document; `isUp` is `null` while nothing is known.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let (isUp, time, failure): (Bool?, Double?, String?) =
            switch reach {
            case .unknown: (nil, nil, nil)
            case .up(let time): (true, time.inSeconds, nil)
            case .down(let failure): (false, nil, failure)
            }
        try container.encode(isUp, forKey: .isUp)
        try container.encode(time, forKey: .connectSeconds)
        try container.encode(failure, forKey: .failure)
        try container.encode(changes, forKey: .changes)
    }
}
