/// Whether the gateway does its work, and what keeps it from doing so: the answer of `/readyz`.
public struct HealthReport: Codable, Sendable, Equatable {
    /// The judgement in one word.
    public enum Status: String, Codable, Sendable {
        /// Every child that is to be ready is ready.
        case ready
        /// The gateway works, a child does not.
        case degraded
        /// The first start is under way.
        case starting
        /// The gateway is shutting down.
        case stopping
    }

    /// One thing that keeps the gateway from being ready.
    public struct Reason: Codable, Sendable, Equatable {
        /// Path of the child.
        public var path: String
        /// What is wrong with it, in words.
        public var reason: String

        /// Describes a reason.
        ///
        /// - Parameters:
        ///   - path: Path of the child.
        ///   - reason: What is wrong with it, in words.
        public init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// The judgement in one word.
    public var status: Status
    /// What keeps the gateway from being ready; empty when it is.
    public var reasons: [Reason]

    /// Describes the gateway's health.
    ///
    /// - Parameters:
    ///   - status: The judgement in one word.
    ///   - reasons: What keeps the gateway from being ready.
    public init(status: Status, reasons: [Reason] = []) {
        self.status = status
        self.reasons = reasons
    }
}
