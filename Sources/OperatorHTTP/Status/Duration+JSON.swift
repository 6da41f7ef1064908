extension Duration {
    /// The duration in milliseconds, rounded; the resolution of every time in the JSON forms.
    var wholeMilliseconds: Int64 {
        Int64((self / .milliseconds(1)).rounded())
    }
}

extension KeyedEncodingContainer {
    /// Writes a duration as a number of seconds with millisecond resolution, `null` when there is none.
    mutating func encodeSeconds(_ duration: Duration?, forKey key: Key) throws {
        try encode(duration.map { Double($0.wholeMilliseconds) / 1000 }, forKey: key)
    }
}

extension KeyedDecodingContainer {
    /// Reads a duration from a number of seconds.
    func decodeSeconds(forKey key: Key) throws -> Duration {
        .milliseconds((try decode(Double.self, forKey: key) * 1000).rounded())
    }

    /// Reads a duration from a number of seconds or `null`.
    func decodeOptionalSeconds(forKey key: Key) throws -> Duration? {
        try decodeNil(forKey: key) ? nil : decodeSeconds(forKey: key)
    }
}
