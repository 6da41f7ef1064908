import Supervision
import Testing

@testable import Gateway

@Suite("ChildOutputTrouble")
struct ChildOutputTroubleTests {
    private let reader = HierarchyPath(root: "box").appending("reader")
    private let writer = HierarchyPath(root: "box").appending("writer")
    private let start = ContinuousClock.now

    @Test("the first failure is told, the following are folded, the end is told")
    func fold() {
        var trouble = ChildOutputTrouble()
        #expect(trouble.succeeded(reader) == nil)
        #expect(trouble.failed(reader, lostLines: 3, at: start) == .failing(repeated: 0))
        #expect(trouble.failed(writer, lostLines: 4, at: start) == nil)
        #expect(trouble.failed(reader, lostLines: 5, at: start.advanced(by: .seconds(599))) == nil)
        #expect(trouble.failed(reader, lostLines: 6, at: start.advanced(by: .seconds(600))) == .failing(repeated: 2))
        #expect(trouble.succeeded(reader) == nil)
        #expect(trouble.succeeded(writer) == .over(lostLines: 18))
        #expect(trouble.succeeded(writer) == nil)
        #expect(trouble.failed(reader, lostLines: 1, at: start.advanced(by: .seconds(601))) == .failing(repeated: 0))
    }
}
