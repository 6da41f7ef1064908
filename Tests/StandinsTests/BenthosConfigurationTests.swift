import StandinsTesting
import Testing

/// What `benthos lint` and `benthos run` say about bad files, bad flags and bad commands.
@Suite(
    "benthos: configurations", .enabled(if: Program.flow.isThere, "no benthos, redpanda-connect or rpk on PATH"),
    .timeLimit(.minutes(5)))
struct BenthosConfigurationTests {
    /// One that keeps running is looked at elsewhere, one without a file listens on a fixed port.
    private static let refused = Fixture.names("bad_").filter { !["bad_bad_file_dir", "bad_no_config"].contains($0) }

    @Test("the tables of fixtures are complete")
    func tables() {
        #expect(Fixture.names("lint_").count == 16)
        #expect(Self.refused.count == 17)
    }

    @Test("lint says what the real one says", arguments: Fixture.names("lint_"))
    func lint(_ name: String) async throws {
        try await check(name, name == "lint_missing_file" ? ["lint", "FOLDER/nope.yaml"] : ["lint", "CONFIG"])
    }

    @Test("run refuses what the real one refuses, in the same words", arguments: refused)
    func run(_ name: String) async throws {
        let arguments =
            switch name {
            case "bad_command": ["frobnicate"]
            case "bad_flag": ["run", "--nonsense", "x"]
            case "bad_missing_file": ["run", "FOLDER/nope.yaml"]
            default: ["run", "CONFIG"]
            }
        try await check(name, arguments)
    }

    @Test("the version is printed")
    func version() async throws {
        let stage = Stage("startup")
        let program = try stage.start(arguments: ["--version"])
        #expect(await program.end() == .exited(0))
        if !Program.areReal {
            #expect(program.output == "Version: v4.76.0\nDate: 2026-07-01T00:00:00Z\n")
        }
    }

    @Test("a lint error does not stop a chilled flow")
    func chilled() async throws {
        let stage = Stage("bad_unknown_field")
        let program = try stage.start(arguments: ["run", "--chilled", "CONFIG"])
        try await stage.waitForServer()
        program.send(15)
        #expect(await program.end() == .exited(0))
    }

    @Test("a bad duration is not found by the linter, and ends the start", arguments: ["timeout", "delay"])
    func badDuration(_ field: String) async throws {
        let stage = Stage("startup")
        let broken = { (text: String) in
            "shutdown_\(field): 5qq\n"
                + text.split(separator: "\n").filter { !$0.hasPrefix("shutdown_") }.joined(separator: "\n")
        }
        let linter = try stage.start(broken, arguments: ["lint", "CONFIG"])
        #expect(await linter.end() == .exited(0))
        #expect(linter.log.isEmpty)
        let flow = try stage.start(broken)
        #expect(await flow.end() == .exited(1))
        #expect(flow.errors.contains("unknown unit \"qq\" in duration \"5qq\""))
    }

    @Test(
        "the linter answers under the other names, too",
        .enabled(if: !Program.otherFlows.isEmpty, "neither redpanda-connect nor rpk on PATH"),
        arguments: Program.otherFlows)
    func lintUnderOtherNames(_ program: Program) async throws {
        let good = try Stage("lint_good").start(by: program, arguments: ["lint", "CONFIG"])
        #expect(await good.end() == .exited(0))
        #expect(good.log.isEmpty)
        let stage = Stage("lint_unknown_field")
        let bad = try stage.start(by: program, arguments: ["lint", "CONFIG"])
        #expect(await bad.end() == .exited(1))
        #expect(stage.original(bad.errors) == (try stage.fixture.text("stderr.log")))
    }

    private func check(_ name: String, _ arguments: [String]) async throws {
        let stage = Stage(name)
        let program = try stage.start(arguments: arguments)
        let expected = try #require(try stage.fixture.facts().exitCode)
        #expect(await program.end() == .exited(Int32(expected)))
        #expect(Self.timeless(stage.original(program.output)) == Self.timeless(try stage.fixture.text("stdout.log")))
        #expect(Self.timeless(stage.original(program.errors)) == Self.timeless(try stage.fixture.text("stderr.log")))
    }

    private static func timeless(_ log: String) -> String {
        log.replacing(#/"time":"[^"]*"/#, with: "T").replacing(#/time="[^"]*"/#, with: "T")
    }
}
