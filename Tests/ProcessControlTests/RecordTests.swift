import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("Records of children")
struct RecordTests {
    @Test("names survive escaping", arguments: ["", ".", "..", "a/b.c", "ü %41", "plant-1/flow_2", "\n"])
    func escaping(name: String) {
        let escaped = EscapedName(name)
        #expect(!escaped.text.contains("/"))
        #expect(!["", ".", ".."].contains(escaped.text))
        #expect(EscapedName(text: escaped.text)?.original == name)
    }

    @Test("what is not an escaped name is refused", arguments: ["%4", "%zz", "%ff", "a b", "", "%41", "%+1"])
    func notEscaped(text: String) {
        #expect(EscapedName(text: text) == nil)
    }

    @Test("a command's name may contain anything")
    func stat() throws {
        let fields = "S 1 42 43 0 -1 4194560 1 2 3 4 500 600 7 8 20 0 9 0 12345 1000 77 0 0"
        let stat = try #require(ProcStat(parsing: Array("42 (a) b) (c\n) \(fields)\n".utf8)))
        #expect(stat.pid == 42)
        #expect(stat.group == 42)
        #expect(stat.session == 43)
        #expect(stat.userTicks == 500)
        #expect(stat.systemTicks == 600)
        #expect(stat.threads == 9)
        #expect(stat.startTicks == 12345)
        #expect(stat.virtualBytes == 1000)
        #expect(stat.residentPages == 77)
        #expect(!stat.isDead)
    }

    @Test("a torn record never says anything about a process")
    func torn() throws {
        let header = ChildRecord.header(bootIdentifier: "boot", childPath: "plant/flow 1", executable: "/bin/x")
        let whole = Array("\(header)42 (sleep) S 1 42 42 0 -1 0 1 2 3 4 5 6 7 8 20 0 9 0 12345 1000 77 0 0\n".utf8)
        let record = try ChildRecord.parse(whole).get()
        #expect(record.childPath == "plant/flow 1")
        #expect(record.executable == "/bin/x")
        #expect(record.bootIdentifier == "boot")
        for length in 0..<whole.count {
            #expect(throws: ChildRecord.Defect.self) { try ChildRecord.parse(Array(whole[..<length])).get() }
        }
    }

    @Test("a record exists before the program runs and is gone when its end is reported")
    func lifetime() async throws {
        let directory = try TemporaryDirectory()
        let records = try ChildRecordDirectory(path: directory.path.appending("a/b"))
        let reactor = try ProcessReactor(records: records)
        let watched = Watched()
        let child = try await watched.start(
            .shell("cat \(records.path)/*; exec sleep 1000"),
            on: reactor,
            recordedAs: "plant/flow"
        )
        #expect(try await watched.line().hasSuffix(" plant%2fflow %2fbin%2fsh"))
        let stat = ProcStat(parsing: Array((try await watched.line() + "\n").utf8))
        #expect(stat?.pid == child.pid)
        #expect(stat?.session == child.pid)
        #expect(stat?.startTicks == child.startTicks)
        reactor.kill(child)
        _ = try await watched.exit()
        #expect(TemporaryDirectory.entries(of: records.path).isEmpty)
    }

    @Test("a failed start leaves no record")
    func failedStart() async throws {
        let directory = try TemporaryDirectory()
        let reactor = try ProcessReactor(records: ChildRecordDirectory(path: directory.path))
        await #expect(throws: ProcessControlError.self) {
            _ = try await Watched().start(ProcessSpec(executable: "/nowhere"), on: reactor, recordedAs: "x")
        }
        #expect(TemporaryDirectory.entries(of: directory.path).isEmpty)
    }

    @Test("a start that cannot be recorded does not happen")
    func noRecord() async throws {
        let directory = try TemporaryDirectory()
        let records = try ChildRecordDirectory(path: directory.path.appending("gone"))
        let reactor = try ProcessReactor(records: records)
        rmdir(records.path.string)
        await #expect {
            _ = try await Watched().start(ProcessSpec(executable: "/bin/true"), on: reactor, recordedAs: "x")
        } throws: {
            ($0 as? ProcessControlError)?.code == .recordFailed
        }
    }
}

@Suite("InstanceLock")
struct InstanceLockTests {
    @Test("a second gateway on the same run directory is refused and told who runs")
    func second() throws {
        let directory = try TemporaryDirectory()
        let runDirectory = directory.path.appending("run")
        var first: InstanceLock? = try InstanceLock(directory: runDirectory, chosenBy: "--run-dir")
        #expect {
            _ = try InstanceLock(directory: runDirectory, chosenBy: "--run-dir")
        } throws: { error in
            let error = error as? ProcessControlError
            return error?.code == .alreadyRunning
                && error?.description
                    == "a gateway is already running, pid \(getpid()), on directory \(runDirectory); "
                    + "stop it or choose another --run-dir"
        }
        #expect(first != nil)
        first = nil
        _ = try InstanceLock(directory: runDirectory, chosenBy: "--run-dir")
    }

    @Test("a run directory that cannot be made is an error")
    func unusable() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("file", "")
        #expect {
            _ = try InstanceLock(directory: file.appending("run"), chosenBy: "--run-dir")
        } throws: {
            ($0 as? ProcessControlError)?.code == .runDirectoryUnusable
        }
    }
}

@Suite("ProcessStatistics")
struct ProcessStatisticsTests {
    @Test("it reads this process")
    func own() throws {
        let statistics = try ProcessStatistics.readOwn()
        #expect(statistics.residentBytes > 1_000_000)
        #expect(statistics.virtualBytes >= statistics.residentBytes)
        #expect(statistics.threads > 0)
        #expect((statistics.openDescriptors ?? 0) >= 3)
        #expect((statistics.descriptorLimit ?? 0) >= 3)
        #expect(statistics.startedAfterBoot > .zero)
    }

    @Test("a process that is gone is told apart")
    func gone() {
        #expect {
            _ = try ProcessStatistics.read(pid: Int32.max)
        } throws: {
            ($0 as? ProcessControlError)?.code == .processGone
        }
    }
}
