public import Supervision

/// Which configuration a flow runs with, or will run with next.
public enum FlowChoice: Sendable, Equatable {
    /// The wanted configuration must pass its check before anything can be started.
    case undecided
    /// The wanted configuration is being checked; what runs goes on meanwhile.
    case checking(FlowRevision, current: FlowSelection?)
    /// One was chosen, and perhaps another one refused.
    case decided(FlowSelection, refused: FlowRefusal?)

    /// What was chosen.
    var selection: FlowSelection? {
        switch self {
        case .undecided: nil
        case .checking(_, let current): current
        case .decided(let selection, _): selection
        }
    }

    /// What was refused.
    var refusal: FlowRefusal? {
        switch self {
        case .undecided, .checking: nil
        case .decided(_, let refusal): refusal
        }
    }

    /// Whether there is a decision on a revision already, for or against it.
    func isSettled(_ wanted: FlowRevision) -> Bool {
        switch self {
        case .undecided, .checking: false
        case .decided(let selection, let refusal): selection.revision == wanted || refusal?.revision == wanted
        }
    }
}

/// A configuration that was chosen.
public struct FlowSelection: Sendable, Equatable {
    /// How far a configuration is trusted.
    public enum Standing: Sendable, Equatable {
        /// It has passed its check and must still show that the flow becomes ready with it.
        case trial(FlowTrial)
        /// The flow was ready with it.
        case good
    }

    /// Which one it is.
    public let revision: FlowRevision
    /// How far it is trusted.
    public let standing: Standing
}

/// The trial of a configuration.
public struct FlowTrial: Sendable, Equatable {
    /// Whether the flow must become ready: it must where it was ready with the configuration before.
    ///
    /// Where it was not, what it is connected to may be away, and then no configuration could become ready.
    public let needsReadiness: Bool
    /// When it must have succeeded; nil before the start.
    public let deadline: Moment?
}

/// A configuration that was refused.
public struct FlowRefusal: Sendable, Equatable {
    /// What it did not get through.
    public enum Stage: String, Sendable, Codable {
        /// The check by the real program; it is checked anew at the next start.
        case check
        /// The trial; it stays refused until it is changed.
        case trial
    }

    /// Which one it is.
    public let revision: FlowRevision
    /// What it did not get through.
    public let stage: Stage
    /// Why.
    public let reason: String
}
