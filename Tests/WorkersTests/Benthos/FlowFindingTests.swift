import SystemPackage
import Testing
import YAML

@testable import Workers

@Suite("FlowFinding")
struct FlowFindingTests {
    private static let file = FilePath("/data/box%2fpress.yaml")

    @Test(
        "a line of the program is taken apart, and one that names no place is taken as it is",
        arguments: [
            ("/data/box%2fpress.yaml(7,3) field oops not recognised", 7, 3, "field oops not recognised"),
            ("/data/box%2fpress.yaml(7,x) field oops", 7, nil, "field oops"),
            ("/other.yaml(7,3) field oops", nil, nil, "/other.yaml(7,3) field oops"),
            ("panic: (7,3)", nil, nil, "panic: (7,3)"),
            ("/data/box%2fpress.yaml(", nil, nil, "/data/box%2fpress.yaml("),
        ] as [(String, Int?, Int?, String)])
    func line(_ text: String, _ line: Int?, _ column: Int?, _ message: String) {
        let finding = FlowFinding(text, in: Self.file)
        #expect((finding.line, finding.column) == (line, column))
        #expect(finding.text == message)
    }

    @Test("the place stands before the text where there is one")
    func description() {
        let placed = FlowFinding("\(Self.file)(7,3) field oops", in: Self.file)
        #expect(placed.description(in: Self.file) == "box%2fpress.yaml, line 7, column 3: field oops")
        #expect(FlowFinding("no place").description(in: Self.file) == "no place")
    }

    @Test(
        "a line belongs to the last setting that begins there or above",
        arguments: [
            (0, nil), (1, "input"), (2, "input.generate"), (3, "input.generate.mapping"), (5, "input.generate.count"),
            (8, "pipeline.processors[0].log.message"), (9, "pipeline.processors[1]"), (12, "output"),
        ] as [(Int, String?)])
    func setting(_ line: Int, _ setting: String?) throws {
        let text = """
            input:
              generate:
                mapping: |-
                  root = 1
                count: 1
            pipeline:
              processors:
              - log: {message: a}
              - b
            output: c

            """
        let root = try #require(try YAMLParser.parse(bytes: Array(text.utf8)))
        #expect(root.setting(atLine: line) == setting)
    }
}
