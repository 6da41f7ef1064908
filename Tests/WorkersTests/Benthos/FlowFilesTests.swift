import Glibc
import ProcessControl
import SystemPackage
import Testing

@testable import Workers

@Suite("FlowFiles")
struct FlowFilesTests {
    private let files = FlowFiles(directory: FilePath("/tmp/gatewarden-flow-\(UInt64.random(in: 0 ... .max))/flows/a"))
    private let revision = FlowRevision(of: "input: {}\n")

    private func text(_ file: ConfigurationFile) throws -> String? {
        try file.read()
    }

    @Test("what was checked is used, kept, and there for the next gateway; nothing is refused any more then")
    func life() throws {
        #expect(try files.readLastGood() == nil)
        try files.write(FlowRefusal(revision: FlowRevision(of: "x"), stage: .trial, reason: "not ready"))
        try files.writeChecked("input: {}\n", revision)
        try files.useChecked(revision)
        #expect(try text(files.running)?.hasSuffix("input: {}\n") == true)
        #expect(try files.readLastGood() == nil)
        try files.keepRunning(revision)
        #expect(try files.readLastGood() == revision)
        #expect(try files.readRefusal() == nil)
    }

    @Test("the last good configuration can be put back")
    func back() throws {
        try files.writeChecked("input: {}\n", revision)
        try files.useChecked(revision)
        try files.keepRunning(revision)
        let other = FlowRevision(of: "input: 2\n")
        try files.writeChecked("input: 2\n", other)
        try files.useChecked(other)
        try files.useLastGood()
        #expect(try text(files.running)?.hasSuffix("input: {}\n") == true)
    }

    @Test("a refusal is remembered with its reason, on one line")
    func refusal() throws {
        let refusal = FlowRefusal(revision: revision, stage: .trial, reason: "not ready within 30 s: x")
        try files.write(refusal)
        #expect(try files.readRefusal() == refusal)
    }

    @Test("a configuration that was not the one that was checked is not used")
    func other() throws {
        try files.writeChecked("input: {}\n", revision)
        #expect(throws: WorkerError.self) { try files.useChecked(FlowRevision(of: "other")) }
    }

    @Test("files are for the gateway and its group alone, and a content that did not change is not written again")
    func writing() throws {
        try files.writeChecked("input: {}\n", revision)
        var first = stat()
        #expect(stat(files.checked.path.string, &first) == 0)
        #expect(first.st_mode & 0o777 == 0o640)
        try files.writeChecked("input: {}\n", revision)
        var second = stat()
        #expect(stat(files.checked.path.string, &second) == 0)
        #expect(first.st_ino == second.st_ino)
        try files.writeChecked("input: 2\n", FlowRevision(of: "input: 2\n"))
        #expect(stat(files.checked.path.string, &second) == 0)
        #expect(first.st_ino != second.st_ino)
    }
}
