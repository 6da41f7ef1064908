import FoundationEssentials
import StandinsTesting
import Testing

/// What a real benthos said in one situation.
struct Fixture: Sendable {
    /// The facts that were measured with it.
    struct Facts: Decodable {
        var exitCode: Int?

        private enum CodingKeys: String, CodingKey {
            case exitCode = "exit_code"
        }

        init(from decoder: any Decoder) throws {
            // Where the program was still running, the file holds words instead of a number.
            exitCode = try? decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .exitCode)
        }
    }

    let name: String

    /// All situations whose names begin with a prefix.
    static func names(_ prefix: String) -> [String] {
        let folder = Program.folder(of: #filePath) + "/Fixtures"
        // A folder that cannot be listed leaves a table without rows, and the count of rows is tested.
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// A file of the situation.
    func text(_ file: String) throws -> String {
        try #require(textIfAny(file), "no fixture \(name)/\(file)")
    }

    /// A file that not every situation has.
    func textIfAny(_ file: String) -> String? {
        TemporaryFolder.text(Program.folder(of: #filePath) + "/Fixtures/\(name)/\(file)")
    }

    /// The measured facts.
    func facts() throws -> Facts {
        try JSONDecoder().decode(Facts.self, from: Data(text("facts.json").utf8))
    }

    /// The status, the media type and the body of `/ready` in one state.
    func ready(_ state: String) throws -> HTTPCall {
        let text = try text("ready-\(state).txt")
        let halves = text.split(separator: "\n\n", maxSplits: 1)
        let status = try #require(Int(halves[0].split(separator: "\n")[0].dropFirst(5)))
        let type = try #require(halves[0].firstRange(of: "Content-Type: "))
        return HTTPCall(status: status, contentType: String(halves[0][type.upperBound...]), body: String(halves[1]))
    }
}

/// Texts without what differs from run to run.
enum Normal {
    /// The lines of an exposition without their values: families, types, help, labels, order.
    static func series(_ exposition: String) -> [String] {
        exposition.split(separator: "\n").map { line in
            line.hasPrefix("#") ? String(line) : line.lastIndex(of: " ").map { String(line[..<$0]) } ?? String(line)
        }
    }

    /// A text of another distribution or version of the program in the words of the fixtures.
    static func unbranded(_ text: String) -> String {
        text.replacing("redpanda-connect", with: "benthos").replacing("Redpanda Connect", with: "Benthos")
            .replacing(#/v?4\.[0-9]+\.[0-9]+/#, with: "v4.76.0")
    }

    /// The value of the first series of a name; nothing where there is none.
    static func value(_ name: String, in exposition: String) -> Double? {
        let line = exposition.split(separator: "\n").first { $0.hasPrefix(name + "{") }
        return line.flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    /// How many messages the flow has taken, and not acknowledged; and how many of them wait in front of the processors.
    static func underWay(_ exposition: String) -> [Double?] {
        let received = value("input_received", in: exposition) ?? .nan
        return [
            value("input_latency_ns_count", in: exposition).map { received - $0 },
            value("processor_received", in: exposition).map { received - $0 },
        ]
    }

    /// The different lines of a log in alphabetical order, without times, local ports and growing numbers.
    static func lines(_ log: String) -> [String] {
        Set(log.split(separator: "\n").map { line in shape(String(line)) }).sorted()
    }

    private static func shape(_ line: String) -> String {
        line
            .replacing(#/"time":"[^"]*"/#, with: "\"time\":\"T\"")
            .replacing(#/time="[^"]*"/#, with: "time=\"T\"")
            .replacing(#/write tcp 127.0.0.1:\d+/#, with: "write tcp 127.0.0.1:P")
            .replacing(#/"source_timestamp":"[^"]*"/#, with: "\"source_timestamp\":\"T\"")
            .replacing(#/"n":\d+/#, with: "\"n\":N")
            .replacing(#/n=\d+/#, with: "n=N")
            .replacing(#/this\.n` \(\d+\)/#, with: "this.n` (N)")
    }
}
