import Supervision
import Testing

@testable import StateStore

@Suite("StateStore: sudden death")
struct KillTests {
    private struct Numbered: Codable, Sendable {
        let number: Int
    }

    @Test("at any moment, five hundred times, loses no commit and no sync id", .timeLimit(.minutes(2)))
    func kill() async throws {
        let stage = try Stage()
        var random = SplitMix64(seed: 2026)
        var number = 0
        var syncID: Int64 = 0
        for round in 0..<500 {
            let writer = try Writer(directory: stage.directory.path, "commit", "\(number + 1)")
            for line in try writer.linesUntilKilled(after: .random(in: 0...6, using: &random), using: &random) {
                let fields = line.split(separator: " ")
                let printed = try #require(fields.first.flatMap { Int($0) }, "\(line)")
                let printedID = try #require(fields.last.flatMap { Int64($0) }, "\(line)")
                #expect(printed == number + 1)
                #expect(printedID > syncID, "round \(round)")
                (number, syncID) = (printed, printedID)
            }
            // A commit that was on disk but not printed yet is no loss, and the next writer goes on behind it.
            let store = try await stage.open(time: .seconds(1_000))
            let found = try await store.documents(.desired, as: Numbered.self).first?.content.number ?? 0
            #expect((number...number + 1).contains(found), "round \(round)")
            number = max(number, found)
            if round % 2 == 0 { await store.close() }
        }
        #expect(stage.log.quarantined.isEmpty)
        #expect(number > 500)
    }
}
