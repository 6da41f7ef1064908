/// A check that the children of a supervisor do not contradict each other.
public struct ConsistencyCheck: Sendable {
    /// Returns what is wrong, or nil; must be pure and quick, as it is called in every tick.
    public typealias Evaluation = @Sendable (_ blamed: ChildFacts, _ siblings: SiblingFacts) -> String?

    /// The check's name and the child that it blames.
    public let label: CheckLabel
    /// Whom a failure concerns.
    public let impact: Impact
    /// How many evaluations in a row must fail, or nil for what the settings of the tree say.
    public let failureThreshold: Int?
    /// Whether a restart of the blamed child can help; where it cannot, a person is called after as many attempts.
    public let isRepairable: Bool
    /// Whether the check can fail only for a child that is ailing: it need not be asked while none is.
    private(set) var isForAiling = false
    let evaluate: Evaluation

    /// Creates a check.
    ///
    /// It passes while the blamed child is not declared, should not run, or is still starting up: there is nothing to
    /// contradict then.
    ///
    /// - Parameters:
    ///   - name: the check's name, out of a small fixed set.
    ///   - child: the name of the child that it blames, which is restarted when it fails.
    ///   - impact: whom a failure concerns.
    ///   - failureThreshold: how many evaluations in a row must fail.
    ///   - isRepairable: whether a restart of the child can help.
    ///   - evaluate: returns what is wrong, or nil.
    public init(
        _ name: String,
        blaming child: String,
        impact: Impact = .allWorkers,
        failureThreshold: Int? = nil,
        isRepairable: Bool = true,
        evaluate: @escaping Evaluation
    ) {
        label = CheckLabel(check: name, child: child)
        self.impact = impact
        self.failureThreshold = failureThreshold
        self.isRepairable = isRepairable
        self.evaluate = evaluate
    }

    /// The name of the check that fails when a child's own circuit has used up its attempts; every supervisor has it.
    public static let childEscalated = "child_escalated"

    /// A check that fails while a child is in trouble that it cannot put right by itself.
    ///
    /// - Parameters:
    ///   - name: the name that the child's ``Trouble`` bears.
    ///   - child: the child's name.
    ///   - impact: whom a failure concerns.
    ///   - isRepairable: whether a restart of the child can help.
    /// - Returns: the check.
    public static func trouble(
        _ name: String,
        of child: String,
        impact: Impact,
        isRepairable: Bool = true
    ) -> ConsistencyCheck {
        // The worker has its own thresholds: what it calls trouble needs no second count.
        var check = ConsistencyCheck(
            name,
            blaming: child,
            impact: impact,
            failureThreshold: 1,
            isRepairable: isRepairable
        ) { child, _ in child.trouble.flatMap { $0.check == name ? $0.description : nil } }
        check.isForAiling = true
        return check
    }

    /// A check that fails when even fresh collectors bring nothing new of a child.
    ///
    /// - Parameters:
    ///   - child: the child's name.
    ///   - impact: whom a failure concerns.
    /// - Returns: the check.
    public static func stale(_ child: String, impact: Impact) -> ConsistencyCheck {
        var check = ConsistencyCheck("observation_stale", blaming: child, impact: impact) { child, _ in
            guard child.collectorRestarts >= 3 else { return nil }
            return "not observed for \(child.observationAge), although its collector was restarted"
        }
        check.isForAiling = true
        return check
    }
}
