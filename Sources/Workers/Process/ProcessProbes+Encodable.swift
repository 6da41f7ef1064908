import Probes

extension ProcessProbes: Encodable {
    private enum CodingKeys: CodingKey {
        case startup, readiness, liveness
    }

    /// Writes the probes, `null` for one that is not configured.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(startup.map(ProbeDocument.init), forKey: .startup)
        try container.encode(readiness.map(ProbeDocument.init), forKey: .readiness)
        try container.encode(liveness.map(ProbeDocument.init), forKey: .liveness)
    }
}

/// One probe as it stands in a document; durations are seconds.
private struct ProbeDocument: Encodable {
    private enum CodingKeys: CodingKey {
        case kind, host, port, url, status, bodyContains, command, contains, failsOn, descriptor, select, expected
        case periodSeconds, timeoutSeconds, initialDelaySeconds, failureThreshold, successThreshold
    }

    let probe: ProbeConfiguration

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encode(probe.kind, to: &container)
        try container.encode(probe.period.inSeconds, forKey: .periodSeconds)
        try container.encode(probe.timeout.inSeconds, forKey: .timeoutSeconds)
        try container.encode(probe.initialDelay.inSeconds, forKey: .initialDelaySeconds)
        try container.encode(probe.failureThreshold, forKey: .failureThreshold)
        try container.encode(probe.successThreshold, forKey: .successThreshold)
    }

    private func encode(
        _ kind: ProbeConfiguration.Kind,
        to container: inout KeyedEncodingContainer<CodingKeys>
    ) throws {
        switch kind {
        case .alive:
            try container.encode("alive", forKey: .kind)
        case .tcp(let host, let port):
            try container.encode("tcp", forKey: .kind)
            try container.encode(host, forKey: .host)
            try container.encode(port, forKey: .port)
        case .http(let http):
            try container.encode("http", forKey: .kind)
            try container.encode(http.url, forKey: .url)
            try container.encode(http.expectedStatus, forKey: .status)
            try container.encode(http.bodyContains, forKey: .bodyContains)
        case .exec(let exec):
            try container.encode("exec", forKey: .kind)
            try container.encode([exec.program] + exec.arguments, forKey: .command)
        case .log(let log):
            try container.encode("log", forKey: .kind)
            try container.encode(log.contains, forKey: .contains)
            try container.encode(log.failsOn, forKey: .failsOn)
        case .notify(let descriptor):
            try container.encode("notify", forKey: .kind)
            try container.encode(descriptor, forKey: .descriptor)
        case .metric(let metric):
            try container.encode("metric", forKey: .kind)
            try container.encode(metric.url, forKey: .url)
            try container.encode("\(metric.selector)", forKey: .select)
            try container.encode(metric.condition.description, forKey: .expected)
        }
    }
}
