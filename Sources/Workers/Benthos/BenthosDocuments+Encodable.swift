extension FlowPlan: Encodable {
    private enum CodingKeys: CodingKey {
        case command, revision, restart, shutdownSeconds, stallAfterSeconds, startTimeoutSeconds
    }

    /// Writes the desired document of a flow; durations are seconds, and of the flow's configuration there is the revision
    /// alone, as it may hold secrets.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(configuration.command, forKey: .command)
        try container.encode(revision.description, forKey: .revision)
        try container.encode(configuration.restart, forKey: .restart)
        try container.encode(configuration.shutdownTime.inSeconds, forKey: .shutdownSeconds)
        try container.encode(configuration.stallAfter.inSeconds, forKey: .stallAfterSeconds)
        try container.encode(configuration.startTimeout.inSeconds, forKey: .startTimeoutSeconds)
    }
}

extension BenthosObservation: Encodable {
    private enum CodingKeys: CodingKey {
        case process, condition, port, portHolder, running, lastGood, refused, refusal
    }

    /// Writes the observed document of a flow; what is not known is `null`.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(process, forKey: .process)
        try container.encode(condition, forKey: .condition)
        try container.encode(port, forKey: .port)
        try container.encode(portHolder, forKey: .portHolder)
        try container.encode(running?.description, forKey: .running)
        try container.encode(lastGood?.description, forKey: .lastGood)
        try container.encode(refused?.revision.description, forKey: .refused)
        try container.encode(refused?.reason, forKey: .refusal)
    }
}

extension FlowCondition: Encodable {
    private enum CodingKeys: CodingKey {
        case isReady, unreadiness, failures, flaps, isMoving, waitingSeconds, failing, received, sent, errors
    }

    /// Writes what a flow says of itself; what is not known is `null`.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(readiness == .ready, forKey: .isReady)
        try container.encode(unreadiness, forKey: .unreadiness)
        try container.encode(failures, forKey: .failures)
        try container.encode(flaps, forKey: .flaps)
        try container.encode(isMoving, forKey: .isMoving)
        try container.encode(waiting?.inSeconds, forKey: .waitingSeconds)
        try container.encode(failing, forKey: .failing)
        try container.encode(figures?.received, forKey: .received)
        try container.encode(figures?.sent, forKey: .sent)
        try container.encode(figures?.errors, forKey: .errors)
    }
}
