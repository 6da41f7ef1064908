/// The state of a supervisor's circuit breaker.
public struct CircuitStatus: Codable, Sendable, Equatable {
    /// Whether the circuit is open: a check fails, and recovery is under way.
    public var open: Bool
    /// Recovery attempts made in this incident.
    public var attempts: Int
    /// Attempts after which a person is called.
    public var maxAttempts: Int
    /// How the recovery goes, in words.
    public var recoveryStatus: String
    /// Time until the next attempt; `nil` while none is planned.
    public var nextRetryIn: Duration?
    /// The check that failed; `nil` while the circuit is closed.
    public var failingCheck: String?
    /// The child that the check blames; `nil` while the circuit is closed or nobody is to blame.
    public var blamedChild: String?

    /// Describes a circuit breaker.
    ///
    /// - Parameters:
    ///   - open: Whether the circuit is open.
    ///   - attempts: Recovery attempts made in this incident.
    ///   - maxAttempts: Attempts after which a person is called.
    ///   - recoveryStatus: How the recovery goes, in words.
    ///   - nextRetryIn: Time until the next attempt; `nil` while none is planned.
    ///   - failingCheck: The check that failed; `nil` while the circuit is closed.
    ///   - blamedChild: The child that the check blames; `nil` when nobody is to blame.
    public init(
        open: Bool,
        attempts: Int,
        maxAttempts: Int,
        recoveryStatus: String,
        nextRetryIn: Duration? = nil,
        failingCheck: String? = nil,
        blamedChild: String? = nil
    ) {
        self.open = open
        self.attempts = attempts
        self.maxAttempts = maxAttempts
        self.recoveryStatus = recoveryStatus
        self.nextRetryIn = nextRetryIn
        self.failingCheck = failingCheck
        self.blamedChild = blamedChild
    }

    private enum CodingKeys: String, CodingKey {
        case open, attempts
        case maxAttempts = "max_attempts"
        case recoveryStatus = "recovery_status"
        case nextRetryIn = "next_retry_in_ms"
        case failingCheck = "failing_check"
        case blamedChild = "blamed_child"
    }

    /// Reads the JSON form.
    ///
    /// - Parameter decoder: Holds the JSON object.
    /// - Throws: `DecodingError` when a key is missing or of the wrong type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        open = try container.decode(Bool.self, forKey: .open)
        attempts = try container.decode(Int.self, forKey: .attempts)
        maxAttempts = try container.decode(Int.self, forKey: .maxAttempts)
        recoveryStatus = try container.decode(String.self, forKey: .recoveryStatus)
        nextRetryIn = try container.decode(Int64?.self, forKey: .nextRetryIn).map { .milliseconds($0) }
        failingCheck = try container.decode(String?.self, forKey: .failingCheck)
        blamedChild = try container.decode(String?.self, forKey: .blamedChild)
    }

    /// Writes the JSON form: every key is present, `null` where nothing applies.
    ///
    /// - Parameter encoder: Takes the JSON object.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(open, forKey: .open)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(maxAttempts, forKey: .maxAttempts)
        try container.encode(recoveryStatus, forKey: .recoveryStatus)
        try container.encode(nextRetryIn?.wholeMilliseconds, forKey: .nextRetryIn)
        try container.encode(failingCheck, forKey: .failingCheck)
        try container.encode(blamedChild, forKey: .blamedChild)
    }
}
