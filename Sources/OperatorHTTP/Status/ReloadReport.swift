/// What a reload of the configuration has done: the answer of `POST /v1/reload`.
public struct ReloadReport: Codable, Sendable, Equatable {
    /// What became of one child.
    public struct Child: Codable, Sendable, Equatable {
        /// What the new configuration says of it.
        public enum Change: String, Codable, Sendable {
            /// It is new.
            case added
            /// It is another than before.
            case changed
            /// It is gone.
            case removed
        }

        /// How that went.
        public enum Outcome: String, Codable, Sendable {
            /// It was applied, and nobody waited for what came of it.
            case applied
            /// The child is ready.
            case ready
            /// The child has done its work and ended.
            case completed
            /// The child is not to run.
            case stopped
            /// The child has gone.
            case removed
            /// A flow did not become ready with it, and runs with its last good configuration again.
            case rolledBack = "rolled_back"
            /// The child was not ready in time.
            case notReady = "not_ready"
            /// The child had not ended in time.
            case notRemoved = "not_removed"

            /// Whether this is what was asked for.
            public var isGood: Bool {
                switch self {
                case .applied, .ready, .completed, .stopped, .removed: true
                case .rolledBack, .notReady, .notRemoved: false
                }
            }
        }

        /// Path of the child.
        public var path: String
        /// What the new configuration says of it.
        public var change: Change
        /// How that went.
        public var outcome: Outcome
        /// Why, where there is something to say.
        public var reason: String?

        /// Describes what became of a child.
        ///
        /// - Parameters:
        ///   - path: Path of the child.
        ///   - change: What the new configuration says of it.
        ///   - outcome: How that went.
        ///   - reason: Why, where there is something to say.
        public init(path: String, change: Change, outcome: Outcome, reason: String? = nil) {
            self.path = path
            self.change = change
            self.outcome = outcome
            self.reason = reason
        }
    }

    /// The children that the new configuration concerns; all others were left alone.
    public var children: [Child]
    /// Settings with new values that only a restart of the gateway brings into effect.
    public var restartNeeded: [String]
    /// How long the reload took, in milliseconds.
    public var durationMilliseconds: Int64

    /// Whether every child does what the new configuration asks for.
    public var isGood: Bool { children.allSatisfy(\.outcome.isGood) }

    /// Describes a reload.
    ///
    /// - Parameters:
    ///   - children: The children that the new configuration concerns.
    ///   - restartNeeded: Settings with new values that only a restart of the gateway brings into effect.
    ///   - duration: How long the reload took; kept to the millisecond.
    public init(children: [Child], restartNeeded: [String], duration: Duration) {
        self.children = children
        self.restartNeeded = restartNeeded
        durationMilliseconds = duration.wholeMilliseconds
    }

    private enum CodingKeys: String, CodingKey {
        case children
        case restartNeeded = "restart_needed"
        case durationMilliseconds = "duration_ms"
    }
}
