/// The ordered consistency checks of a supervisor, and how often in a row each has failed.
struct InfrastructureHealthChecker {
    private let checks: [ConsistencyCheck]
    /// The checks that are asked also while no child is ailing.
    private let general: [Int]
    private var failures: [Int]
    private var hasFailures = false

    init(_ checks: [ConsistencyCheck] = []) {
        self.checks = checks
        general = checks.indices.filter { !checks[$0].isForAiling }
        failures = [Int](repeating: 0, count: checks.count)
    }

    var labels: [CheckLabel] { checks.map(\.label) }

    /// Evaluates every check once.
    ///
    /// - Parameters:
    ///   - children: what is known of the children.
    ///   - isAnyAiling: whether a child is in trouble or brings no observations.
    ///   - threshold: how many evaluations in a row must fail, where the check does not say so itself.
    /// - Returns: the first check, in their order, that has failed often enough; and whether one fails that is not
    ///   counted because the blamed child is starting up.
    mutating func evaluate(
        _ children: SiblingFacts,
        isAnyAiling: Bool,
        threshold: Int
    ) -> (failure: CheckFailure?, isUndecided: Bool) {
        var first: CheckFailure?
        var isUndecided = false
        let due = isAnyAiling || hasFailures ? Array(checks.indices) : general
        hasFailures = false
        for index in due {
            let check = checks[index]
            guard let blamed = children[check.label.child], let description = check.evaluate(blamed, children) else {
                failures[index] = 0
                continue
            }
            if blamed.isStartingUp {
                isUndecided = true
                continue
            }
            failures[index] = min(failures[index] + 1, Int.max - 1)
            hasFailures = true
            guard first == nil, failures[index] >= check.failureThreshold ?? threshold else { continue }
            first = CheckFailure(
                check: check.label.check,
                child: check.label.child,
                description: description,
                impact: check.impact,
                isRepairable: check.isRepairable
            )
        }
        return (first, isUndecided)
    }
}
