import OperatorHTTP
import Supervision
import Workers

/// What a reload waits for at one child, and for how long.
struct ReloadGoal: Equatable {
    /// Added to the times that the configuration gives a child, for the checks and the writes between.
    static let margin = Duration.seconds(10)

    /// What is to be reached.
    enum Target: Equatable {
        /// The child is ready; where it was told of another configuration, after that.
        case ready(afterNews: Bool)
        /// The flow is ready with a configuration and keeps it.
        case kept(FlowRevision)
        /// The child is gone.
        case removed
    }

    private static let completed = ProcessState.completed(cause: "").name

    let path: HierarchyPath
    let target: Target
    let change: ReloadReport.Child.Change
    /// How long it may take; nil where it has to wait for others that change as well.
    let patience: Duration?

    /// - Parameters:
    ///   - change: what is different.
    ///   - plan: all that is different.
    ///   - revision: the revision of a flow that was checked; nil where nothing was.
    init(_ change: ReloadPlan.Change, in plan: ReloadPlan, revision: FlowRevision?) {
        path = change.path
        switch change.kind {
        case .added(let spec):
            self.change = .added
            target = revision.map(Target.kept) ?? .ready(afterNews: true)
            patience = plan.changesSibling(of: change.path, spec.dependsOn) ? nil : spec.startTime + Self.margin
        case .changed(let old, let new):
            self.change = .changed
            var other = old
            other.configuration = new.configuration
            target = revision.map(Target.kept) ?? .ready(afterNews: !new.isContainer && old != other)
            let isPatient = plan.changesSibling(of: change.path, new.dependsOn)
            // The last stop is that of a flow that is rolled back.
            patience = isPatient ? nil : old.stopTime + new.startTime + new.stopTime + Self.margin
        case .removed(let spec):
            self.change = .removed
            target = .removed
            patience = spec.stopTime + Self.margin
        }
    }

    /// Judges what is known of the child.
    ///
    /// - Parameter news: what is known; nil where the child does not exist.
    /// - Returns: how it went; nil while that is open.
    func outcome(_ news: ChildNews?) -> ReloadReport.Child.Outcome? {
        switch target {
        case .removed:
            return news == nil ? .removed : nil
        case .ready(let afterNews):
            guard let news, !news.isBeingReplaced, news.isTold || !afterNews else { return nil }
            if news.state == Self.completed { return .completed }
            return news.isReady ? .ready : nil
        case .kept(let revision):
            guard let news, !news.isBeingReplaced else { return nil }
            if news.rollback?.revision == revision { return .rolledBack }
            guard let flow = news.flow, flow.lastGood == revision else { return nil }
            if news.state == Self.completed { return .completed }
            return flow.running == revision && flow.isReady ? .ready : nil
        }
    }

    /// What it means that the time is over.
    var failure: ReloadReport.Child.Outcome {
        switch target {
        case .removed: .notRemoved
        case .ready, .kept: .notReady
        }
    }
}

extension ReloadPlan {
    /// Whether anything changes at some siblings of a child.
    fileprivate func changesSibling(of path: HierarchyPath, _ names: [String]) -> Bool {
        guard !names.isEmpty, let parent = path.parent else { return false }
        let siblings = Set(names.map(parent.appending))
        return changes.contains { siblings.contains($0.path) }
    }
}

extension ChildSpec {
    /// How long the child and all below it may take to come up, by the configuration.
    fileprivate var startTime: Duration { nodes().reduce(startupGrace) { max($0, $1.spec.startupGrace) } }

    /// How long the child and all below it may take to stop, by the configuration.
    fileprivate var stopTime: Duration { nodes().reduce(ownStopTime) { max($0, $1.spec.ownStopTime) } }

    private var ownStopTime: Duration {
        switch configuration {
        case let process as ProcessConfiguration: process.stopTimeout
        case let flow as BenthosConfiguration: flow.shutdownTime
        case let broker as RedpandaConfiguration: broker.stopTimeout
        default: .zero
        }
    }
}
