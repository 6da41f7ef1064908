extension RedpandaConfiguration: Encodable {
    private enum CodingKeys: CodingKey {
        case command, memoryBytes, cores, arguments, dataDirectory, kafka, admin, restart, stopTimeoutSeconds
        case startupTimeoutSeconds, idleAfterSeconds, properties
    }

    /// Writes the desired document of a broker; durations are seconds, and of the properties of the cluster there are the
    /// names alone, as their values may be secrets.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
        try container.encode(resources.memory, forKey: .memoryBytes)
        try container.encode(resources.cores, forKey: .cores)
        try container.encode(resources.arguments, forKey: .arguments)
        try container.encode(document.dataDirectory, forKey: .dataDirectory)
        try container.encode("\(document.kafka.host):\(document.kafka.port)", forKey: .kafka)
        try container.encode("\(document.admin.host):\(document.admin.port)", forKey: .admin)
        try container.encode(restart, forKey: .restart)
        try container.encode(stopTimeout.inSeconds, forKey: .stopTimeoutSeconds)
        try container.encode(startupTimeout.inSeconds, forKey: .startupTimeoutSeconds)
        try container.encode(idleAfter.inSeconds, forKey: .idleAfterSeconds)
        try container.encode(properties.keys.sorted(), forKey: .properties)
    }
}

extension RedpandaObservation: Encodable {
    private enum CodingKeys: CodingKey {
        case process, condition, portHolder, properties
    }

    /// Writes the observed document of a broker; what is not known is `null`.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(process, forKey: .process)
        try container.encode(condition, forKey: .condition)
        try container.encode(portHolder, forKey: .portHolder)
        try container.encode(properties?.keys.sorted(), forKey: .properties)
    }
}

extension BrokerCondition: Encodable {
    private enum CodingKeys: CodingKey {
        case unreadiness, degradation, readySeconds, complaints, isMoving, diskAlert, diskFreeBytes
    }

    /// Writes what a broker says of itself; what is not known is `null`.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unreadiness, forKey: .unreadiness)
        try container.encode(degradation, forKey: .degradation)
        try container.encode(readyFor.inSeconds, forKey: .readySeconds)
        try container.encode(complaints, forKey: .complaints)
        try container.encode(isMoving, forKey: .isMoving)
        try container.encode(figures?.disk.alert?.rawValue, forKey: .diskAlert)
        try container.encode(figures?.disk.freeBytes, forKey: .diskFreeBytes)
    }
}
