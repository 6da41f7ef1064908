import ProcessControl
import Testing

@Suite("EscapeeTracker")
struct EscapeeTrackerTests {
    private let own: ChildMarker
    private let foreign: ChildMarker
    private var tracker: EscapeeTracker

    init() {
        var generator = SystemRandomNumberGenerator()
        own = ChildMarker(using: &generator)
        foreign = ChildMarker(using: &generator)
        tracker = EscapeeTracker(marker: own)
    }

    /// The process that inherits orphans.
    private static let reaper: Int32 = 100

    private func process(_ pid: Int32, parent: Int32, state: String = "S", started: Int = 5) throws -> ProcStat {
        let fields = "\(state) \(parent) \(pid) \(pid) 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 \(started) 1000 77 0 0"
        return try #require(ProcStat(parsing: Array("\(pid) (x) \(fields)\n".utf8)))
    }

    private func look(_ processes: [ProcStat], _ findings: [Int32: ChildMarker.Finding] = [:]) -> OrphanLook {
        OrphanLook(
            processes: processes,
            reaper: Self.reaper,
            started: { $0 < 200 },
            find: { findings[$0] ?? .unmarked }
        )
    }

    private func pids(_ finding: EscapeeTracker.Finding) -> [Int32]? {
        switch finding {
        case .none: []
        case .undecided: nil
        case .escapees(let escapees): escapees.map(\.pid).sorted()
        }
    }

    @Test("orphans with the child's marker are found with all their descendants, others are not")
    mutating func marked() throws {
        let look = look(
            [
                try process(150, parent: Self.reaper), try process(201, parent: Self.reaper),
                try process(202, parent: 201), try process(203, parent: 202),
                try process(204, parent: Self.reaper), try process(205, parent: 204),
                try process(206, parent: 1), try process(207, parent: Self.reaper, state: "Z"),
            ],
            [
                150: .marker(own), 201: .marker(own), 204: .marker(foreign), 206: .marker(own), 207: .marker(own),
            ])
        #expect(pids(tracker.find(in: look)) == [201, 202, 203])
    }

    @Test("what descended from the living leader is found later without a marker, unless its pid was reused")
    mutating func noted() throws {
        let before = look([
            try process(150, parent: Self.reaper), try process(201, parent: 150), try process(202, parent: 201),
            try process(203, parent: 150),
        ])
        tracker.note(descendantsOf: 150, in: before)
        let after = look([
            try process(202, parent: Self.reaper), try process(203, parent: Self.reaper, started: 9),
            try process(204, parent: 202),
        ])
        #expect(pids(tracker.find(in: after)) == [202, 204])
    }

    @Test("descendants stay known when their parents are gone")
    mutating func inherited() throws {
        let first = look([try process(201, parent: Self.reaper), try process(202, parent: 201)], [201: .marker(own)])
        #expect(pids(tracker.find(in: first)) == [201, 202])
        #expect(pids(tracker.find(in: look([try process(202, parent: Self.reaper)]))) == [202])
        #expect(pids(tracker.find(in: look([]))) == [])
    }

    @Test("an orphan without any environment is looked at twice, for it may just be changing its program")
    mutating func empty() throws {
        let orphan = try process(201, parent: Self.reaper)
        #expect(pids(tracker.find(in: look([orphan], [201: .empty]))) == nil)
        #expect(pids(tracker.find(in: look([orphan], [201: .empty]))) == [])
        #expect(pids(tracker.find(in: look([orphan], [201: .marker(own)]))) == [201])
    }

    @Test("each process is asked to end once")
    mutating func asked() throws {
        let (first, second) = (try process(201, parent: 1), try process(202, parent: 1))
        #expect(tracker.takeUnasked([first]) == [first])
        #expect(tracker.takeUnasked([first, second]) == [second])
        #expect(tracker.takeUnasked([first, second]).isEmpty)
    }

    @Test("a marker is found among the variables, and nowhere else")
    func marker() {
        let entry = "\(ChildMarker.variable)=\(own.text)"
        func find(_ variables: String...) -> ChildMarker.Finding {
            ChildMarker.find(in: variables.flatMap { Array($0.utf8) + [0] })
        }
        #expect(own.text.utf8.count == 32 && own != foreign)
        #expect(find("A=b", entry, "C=d") == .marker(own))
        #expect(find("A=\(entry)", "X\(entry)") == .unmarked)
        #expect(find() == .empty)
    }
}
