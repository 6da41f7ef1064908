import FoundationEssentials
import Testing
import Workers

/// What a real flow said in one state: a file of the captures that the stand-ins are tested with.
struct FlowFixture: Sendable, CustomTestStringConvertible {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/StandinsTests/Fixtures"

    let name: String

    /// All captures whose file names begin and end so.
    static func all(_ prefix: String, _ suffix: String) -> [FlowFixture] {
        // A folder that cannot be listed leaves a table without rows, and the count of rows is tested.
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let names = paths.filter { path in
            path.split(separator: "/").last.map { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) } ?? false
        }
        return names.sorted().map(FlowFixture.init)
    }

    var testDescription: String { name }

    func text() throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)")), as: UTF8.self)
    }

    /// The captured body as the answer to a request for metrics.
    func metrics() throws -> EndpointAnswer { EndpointAnswer(try text()) }

    /// A capture with status line and headers.
    func ready() throws -> EndpointAnswer {
        let text = try text()
        let head = try #require(text.firstRange(of: "\n\n"))
        let status = try #require(Int(text.dropFirst("HTTP ".count).prefix(3)))
        return EndpointAnswer(String(text[head.upperBound...]), status: status)
    }
}
