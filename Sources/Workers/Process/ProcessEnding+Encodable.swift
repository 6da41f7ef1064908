import ProcessControl

extension ProcessEnding: Encodable {
    private enum CodingKeys: CodingKey {
        case exitCode, signal, coreDumped, runTimeSeconds
    }

    /// Writes how the process ended; `exitCode` and `signal` are both `null` where nothing is known.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let (exitCode, signal, coreDumped): (Int32?, String?, Bool) =
            switch status {
            case .exited(let code): (code, nil, false)
            case .signaled(let signal, let coreDumped): (nil, signal.description, coreDumped)
            case .unknown: (nil, nil, false)
            }
        try container.encode(exitCode, forKey: .exitCode)
        try container.encode(signal, forKey: .signal)
        try container.encode(coreDumped, forKey: .coreDumped)
        try container.encode(runTime.inSeconds, forKey: .runTimeSeconds)
    }
}
