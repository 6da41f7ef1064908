import ProcessControl
import Synchronization
import SystemPackage
import Testing

@Suite("ProcessReactor: notification", .timeLimit(.minutes(1)))
struct NotificationTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test("a line end on the descriptor is told once, however it is written", arguments: ["\\n", "READY=1\\n\\n\\n"])
    func ready(text: String) async throws {
        let (watched, child) = try await start("printf '\(text)' >&4; echo written; exec sleep 1000", descriptor: 4)
        try await watched.notification()
        #expect(try await watched.line() == "written")
        reactor.kill(child)
        _ = try await watched.exit()
        #expect(watched.reportedNotifications == 1)
    }

    @Test("a program that notifies and ends at once has notified before its end is told")
    func brief() async throws {
        let (watched, _) = try await start("echo >&9; exit 0", descriptor: 9)
        _ = try await watched.exit()
        #expect(watched.reportedNotifications == 1)
    }

    @Test("a program that closes the descriptor without a line end is never ready, and runs on")
    func closed() async throws {
        let (watched, child) = try await start("printf READY >&3; exec 3>&-; echo on; exec sleep 1000", descriptor: 3)
        #expect(try await watched.line() == "on")
        reactor.kill(child)
        #expect(try await watched.exit().status == .signaled(.kill, coreDumped: false))
        #expect(watched.reportedNotifications == 0)
    }

    @Test("a program that goes on writing after the notification does not meet a broken pipe")
    func talkative() async throws {
        let script = "i=0; while [ $i -lt 20000 ]; do echo $i >&3; i=$((i + 1)); done; exit 6"
        let (watched, _) = try await start(script, descriptor: 3)
        #expect(try await watched.exit().status == .exited(code: 6))
        #expect(watched.reportedNotifications == 1)
    }

    @Test("the program has exactly its streams and the notify descriptor", arguments: ProcessSpec.notifyDescriptors)
    func descriptors(number: Int32) async throws {
        let directory = try TemporaryDirectory()
        let recording = try ProcessReactor(records: ChildRecordDirectory(path: directory.path))
        // The descriptor that lists the others is closed by the time that they are read.
        let script = "for f in /proc/$$/fd/*; do readlink $f > /dev/null && printf \"${f##*/} \"; done; echo"
        for childPath in [nil, "plant/flow"] {
            var spec = ProcessSpec.shell(script)
            spec.notifyDescriptor = number
            let watched = Watched()
            _ = try await watched.start(spec, on: recording, recordedAs: childPath)
            #expect(try await watched.line() == "0 1 2 \(number) ")
            _ = try await watched.exit()
        }
    }

    @Test("a number that a start needs itself is refused", arguments: [-1, 0, 2, 10, 4000])
    func invalid(number: Int32) async throws {
        await #expect {
            _ = try await start("exit 0", descriptor: number)
        } throws: {
            ($0 as? ProcessControlError)?.code == .invalidSpecification
        }
    }

    private func start(_ script: String, descriptor: Int32) async throws -> (Watched, ChildProcess) {
        var spec = ProcessSpec.shell(script)
        spec.notifyDescriptor = descriptor
        let watched = Watched()
        return (watched, try await watched.start(spec, on: reactor))
    }
}
