extension ProcessObservation: Encodable {
    private enum CodingKeys: CodingKey {
        case phase, pid, ending, startup, readiness, liveness
    }

    /// Writes the observed document of a process worker: `phase` is `idle`, `running` or `ended`; `pid` and `ending` are
    /// `null` where they do not apply.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let (phase, pid): (String, Int32?) =
            switch self.phase {
            case .idle: ("idle", nil)
            case .running(let pid): ("running", pid)
            case .ended: ("ended", nil)
            }
        try container.encode(phase, forKey: .phase)
        try container.encode(pid, forKey: .pid)
        try container.encode(ending, forKey: .ending)
        try container.encode(startup, forKey: .startup)
        try container.encode(readiness, forKey: .readiness)
        try container.encode(liveness, forKey: .liveness)
    }
}

extension ProbeVerdict: Encodable {
    private enum CodingKeys: CodingKey {
        case status, failure
    }

    /// Writes what is known from a probe: `status` is `notConfigured`, `pending`, `passing` or `failing`.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let status =
            switch self {
            case .notConfigured: "notConfigured"
            case .pending: "pending"
            case .passing: "passing"
            case .failing: "failing"
            }
        try container.encode(status, forKey: .status)
        try container.encode(failure, forKey: .failure)
    }
}
