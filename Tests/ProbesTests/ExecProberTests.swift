import FoundationEssentials
import ProcessControl
import SystemPackage
import Testing

@testable import Probes

@Suite("Exec prober", .timeLimit(.minutes(1)))
struct ExecProberTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var script: String
        var failure: String?
        var testDescription: String { script }
    }

    @Test(
        "the exit code decides, and the last words say why",
        arguments: [
            Row(script: "exit 0"),
            Row(script: "echo all is well; echo really >&2"),
            Row(script: "exit 3", failure: "exit code 3"),
            Row(script: "echo first; echo last; exit 1", failure: "exit code 1: last"),
            Row(script: "printf 'no line end'; exit 1", failure: "exit code 1: no line end"),
            Row(script: "echo why; echo; exit 1", failure: "exit code 1: why"),
            Row(script: "echo why >&2; echo progress; exit 1", failure: "exit code 1: why"),
            Row(script: "kill -SEGV $$", failure: "SIGSEGV"),
            Row(
                script: "printf %0300d 0; exit 1",
                failure: "exit code 1: \(String(repeating: "0", count: 200))..."
            ),
        ]
    )
    func endings(_ row: Row) async throws {
        let failure = await prober(row.script, on: try ProcessReactor()).failure()
        let expected = row.failure.map { ProbeFailure(code: .commandFailed, message: "exec sh: \($0)") }
        // Whether a core was written depends on the machine.
        let message = failure?.message.replacing(", core dumped", with: "")
        #expect(message == expected?.message)
        #expect(failure?.code == expected?.code)
    }

    @Test("the command runs with the environment and the working directory of the process, and its search path")
    func surroundings() async throws {
        let folder = try Folder()
        try folder.write("check", "#!/bin/sh\ntest \"$MARK:$PWD\" = \"here:\(folder.path)\"\n")
        let environment = ["MARK": "here", "PATH": folder.path.string]
        for program in ["check", "./check"] {
            let target = ProbeTarget.test(environment: environment, workingDirectory: folder.path)
            let prober = ExecProber(ExecProbe(program: program), target: target, reactor: try ProcessReactor())
            #expect(await prober.failure() == nil, "\(program)")
        }
    }

    @Test("the command ends with its gateway and has no descriptor to notify on, whatever the process has")
    func ownAffairs() throws {
        var process = ProcessSpec(executable: "/bin/true", environment: ["A": "b"], umask: .otherWrite)
        process.onGatewayRestart = .adopt
        process.notifyDescriptor = 4
        let target = ProbeTarget(name: "x", spec: process, probes: [], isAlive: { true })
        let probe = ExecProbe(program: "/bin/sh", arguments: ["-c", ""])
        let spec = try ExecProber(probe, target: target, reactor: try ProcessReactor()).makeSpec()
        let expected = ProcessSpec(
            executable: "/bin/sh",
            arguments: ["-c", ""],
            environment: ["A": "b"],
            umask: .otherWrite
        )
        #expect(spec == expected)
    }

    @Test("a program that is not there is a failure that says where it was looked for")
    func missing() async throws {
        let target = ProbeTarget.test(environment: ["PATH": "/nowhere"])
        let prober = ExecProber(ExecProbe(program: "check"), target: target, reactor: try ProcessReactor())
        let failure = await prober.failure()
        #expect(failure?.code == .notStarted)
        #expect(failure?.message.hasPrefix("exec check: command \"check\" not found, looked at /nowhere/check") == true)
    }

    @Test("a command that takes too long is killed with all that it has started")
    func timeout() async throws {
        let folder = try Folder()
        folder.makePipe("pid")
        let prober = prober(
            "trap '' TERM; sleep 50 & echo $! > '\(folder.path)/pid'; wait",
            on: try ProcessReactor()
        )
        async let said = folder.readPipe("pid")
        let failure = await prober.failure(within: .seconds(2))
        #expect(failure == ProbeFailure(code: .timedOut, message: "exec sh: timed out after 2 s"))
        let pid = try #require(Int32(await said.dropLast()))
        #expect(!isAlive(pid))
    }

    @Test("cancelling kills the command, and nothing of it is left when the probe returns")
    func cancelled() async throws {
        let folder = try Folder()
        folder.makePipe("pid")
        let records = try ChildRecordDirectory(path: folder.path.appending("children"))
        let prober = prober(
            "echo $$ > '\(folder.path)/pid'; exec sleep 50",
            on: try ProcessReactor(records: records)
        )
        let task = Task { await prober.failure(within: .seconds(600)) }
        let pid = try #require(Int32(await folder.readPipe("pid").dropLast()))
        #expect(isAlive(pid))
        #expect(try folder.names(in: "children") == ["box%2fflow%23probe.1.child"])
        task.cancel()
        #expect(await task.value == ProbeFailure(code: .cancelled, message: "exec sh: the probe was cancelled"))
        #expect(!isAlive(pid))
        #expect(try folder.names(in: "children") == [])
    }

    @Test("what a command leaves behind in its group ends with it")
    func leftovers() async throws {
        let folder = try Folder()
        folder.makePipe("pid")
        let prober = prober("sleep 50 & echo $! > '\(folder.path)/pid'", on: try ProcessReactor())
        async let said = folder.readPipe("pid")
        #expect(await prober.failure() == nil)
        let pid = try #require(Int32(await said.dropLast()))
        #expect(!isAlive(pid))
    }

    @Test("a probe that was withdrawn before it began leaves nothing either")
    func cancelledEarly() async throws {
        let prober = prober("exec sleep 50", on: try ProcessReactor())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await prober.failure(within: .seconds(600))
        }
        #expect(await task.value?.code == .cancelled)
    }

    private func prober(_ script: String, on reactor: ProcessReactor) -> ExecProber {
        ExecProber(ExecProbe(program: "sh", arguments: ["-c", script]), target: .test(), reactor: reactor)
    }

    /// Whether a process exists that is more than an entry for its parent to fetch.
    private func isAlive(_ pid: Int32) -> Bool {
        guard let stat = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/stat")) else {
            // It is gone.
            return false
        }
        let state = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.dropFirst().first
        return state != "Z" && state != "X"
    }
}
