public import ProcessControl

extension ProcessLimits: Encodable {
    private enum CodingKeys: CodingKey {
        case openFiles, coreBytes, addressSpaceBytes, nice, oomScoreAdjustment, cpu, memoryBytes, processes
    }

    /// Writes the limits that are set.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(openFiles, forKey: .openFiles)
        try container.encodeIfPresent(coreBytes, forKey: .coreBytes)
        try container.encodeIfPresent(addressSpaceBytes, forKey: .addressSpaceBytes)
        try container.encodeIfPresent(nice, forKey: .nice)
        try container.encodeIfPresent(oomScoreAdjustment, forKey: .oomScoreAdjustment)
        try container.encodeIfPresent(cpu, forKey: .cpu)
        try container.encodeIfPresent(memoryBytes, forKey: .memoryBytes)
        try container.encodeIfPresent(processes, forKey: .processes)
    }
}
