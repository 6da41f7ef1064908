import OperatorHTTP
import ProcessControl
import Supervision
import Testing

@testable import Gateway
@testable import Workers

@Suite("ReloadGoal")
struct ReloadGoalTests {
    private static let path = HierarchyPath(["box", "a"])
    private static let revision = FlowRevision(of: "new")
    private static let old = FlowRevision(of: "old")

    private static func process(_ program: String, stateMapping: [String: DesiredState] = [:]) -> ChildSpec {
        let command = ProcessCommand(program: program, environment: ProcessEnvironment(gateway: [:]))
        return ChildSpec(
            name: "a",
            workerType: ProcessWorker.type,
            configuration: ProcessConfiguration(command: command, stopTimeout: .seconds(15)),
            stateMapping: stateMapping,
            startupGrace: .seconds(4)
        )
    }

    private static func goal(_ kind: ReloadPlan.Change.Kind, revision: FlowRevision? = nil) -> ReloadGoal {
        let empty = ReloadPlan(from: process("x"), to: process("x"))
        return ReloadGoal(ReloadPlan.Change(path: path, kind: kind), in: empty, revision: revision)
    }

    private static func flow(_ running: FlowRevision?, _ lastGood: FlowRevision?, isReady: Bool = true) -> ChildNews {
        ChildNews(isReady: isReady, flow: ChildNews.Flow(running: running, lastGood: lastGood, isReady: isReady))
    }

    @Test(
        "a changed process is ready when its new worker is, or the old one after it was told",
        arguments: [
            (nil, nil), (ChildNews(isReady: true), nil), (ChildNews(isReady: true, isBeingReplaced: true), nil),
            (ChildNews(isReady: true, isTold: true, isBeingReplaced: true), nil), (ChildNews(isTold: true), nil),
            (ChildNews(isReady: true, isTold: true), .ready), (ChildNews(state: "completed", isTold: true), .completed),
        ] as [(ChildNews?, ReloadReport.Child.Outcome?)])
    func changed(_ news: ChildNews?, _ outcome: ReloadReport.Child.Outcome?) {
        let goal = Self.goal(.changed(from: Self.process("a"), to: Self.process("b")))
        #expect(goal.outcome(news) == outcome)
    }

    @Test("a child whose place in the tree alone is another is told nothing")
    func place() {
        let goal = Self.goal(.changed(from: Self.process("a"), to: Self.process("a", stateMapping: ["x": .stopped])))
        #expect(goal.outcome(ChildNews(isReady: true)) == .ready)
    }

    @Test(
        "a flow has reached its goal when it runs with the new configuration, is ready, and keeps it",
        arguments: [
            (flow(old, old), nil), (flow(revision, old), nil), (flow(nil, revision), nil),
            (flow(old, revision), nil), (flow(revision, revision, isReady: false), nil),
            (flow(revision, revision), .ready), (ChildNews(isReady: true), nil),
            (ChildNews(rollback: FlowRefusal(revision: revision, stage: .trial, reason: "x")), .rolledBack),
            (ChildNews(rollback: FlowRefusal(revision: old, stage: .trial, reason: "x")), nil),
        ] as [(ChildNews, ReloadReport.Child.Outcome?)])
    func flows(_ news: ChildNews, _ outcome: ReloadReport.Child.Outcome?) {
        #expect(Self.goal(.added(Self.process("a")), revision: Self.revision).outcome(news) == outcome)
    }

    @Test("a removed child has reached its goal when it is gone")
    func removed() {
        let goal = Self.goal(.removed(Self.process("a")))
        #expect(goal.outcome(ChildNews()) == nil)
        #expect(goal.outcome(nil) == .removed)
        #expect(goal.failure == .notRemoved)
    }

    @Test("a child gets the time that its configuration gives it, and all there is while it waits for others")
    func patience() {
        #expect(Self.goal(.added(Self.process("a"))).patience == .seconds(14))
        #expect(Self.goal(.changed(from: Self.process("a"), to: Self.process("b"))).patience == .seconds(44))
        #expect(Self.goal(.removed(Self.process("a"))).patience == .seconds(25))
        var dependent = Self.process("a")
        dependent.dependsOn = ["b"]
        var other = Self.process("b")
        other.name = "b"
        let root = ChildSpec(
            name: "box",
            workerType: ApplicationWorker.type,
            configuration: ApplicationConfiguration(children: [other, dependent])
        )
        var empty = root
        empty.configuration = ApplicationConfiguration(children: [])
        let plan = ReloadPlan(from: empty, to: root)
        #expect(plan.changes.map { ReloadGoal($0, in: plan, revision: nil).patience } == [.seconds(14), nil])
    }
}
