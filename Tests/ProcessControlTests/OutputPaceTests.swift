import Testing

@testable import ProcessControl

@Suite("OutputPace")
struct OutputPaceTests {
    private static let rows: [([OutputPipe.Progress], Bool)] = [
        ([], false),
        ([.empty, .closed], false),
        ([.drained(hasDropped: false)], false),
        ([.drained(hasDropped: true)], true),
        ([.drained(hasDropped: true), .drained(hasDropped: false), .empty], true),
        ([.drained(hasDropped: true), .filled], false),
        ([.filled, .drained(hasDropped: true)], false),
    ]

    @Test("there is a rest in a flood, unless somebody writes a buffer at a time", arguments: rows)
    func rest(_ reads: [OutputPipe.Progress], _ expected: Bool) {
        var pace = OutputPace()
        for read in reads { pace.note(read) }
        #expect(pace.takeRest() == expected)
        let again = pace.takeRest()
        #expect(!again)
    }

    @Test("after a full buffer there is no rest for a while")
    func haste() {
        var pace = OutputPace()
        pace.note(.filled)
        let rests = (0...OutputPace.looksWithoutRest).map { _ in
            pace.note(.drained(hasDropped: true))
            return pace.takeRest()
        }
        #expect(rests.firstIndex(of: true) == OutputPace.looksWithoutRest)
    }
}
