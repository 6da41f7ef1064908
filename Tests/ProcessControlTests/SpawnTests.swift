import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("ProcessReactor: start", .timeLimit(.minutes(1)))
struct SpawnTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
    }

    @Test("exit codes arrive", arguments: [0, 1, 42, 127, 255])
    func exitCode(code: Int32) async throws {
        let (exit, _) = try await Watched.run(.shell("exit \(code)"), on: reactor)
        #expect(exit.status == .exited(code: code))
        #expect(!exit.stopRequested)
        #expect(exit.endedAt >= exit.startedAt)
        #expect(exit.usage.maxResidentBytes > 0)
    }

    @Test("signals arrive", arguments: [ProcessSignal.kill, .terminate, .hangup, .segmentationFault, .abort])
    func signal(signal: ProcessSignal) async throws {
        let (exit, _) = try await Watched.run(.shell("ulimit -c 0; kill -\(signal.rawValue) $$"), on: reactor)
        #expect(exit.status == .signaled(signal, coreDumped: false))
    }

    @Test("processor time is counted")
    func usage() async throws {
        let (exit, _) = try await Watched.run(.shell("i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done"), on: reactor)
        #expect(exit.usage.userTime + exit.usage.systemTime > .zero)
    }

    @Test(
        "a program that cannot be executed is an error with the errno, not an exit",
        arguments: [
            ("missing", SpawnStage.execute, Errno.noSuchFileOrDirectory), ("plain", .execute, .permissionDenied),
            ("folder", .execute, .permissionDenied), ("garbage", .execute, .execFormatError),
            ("foreign", .execute, .execFormatError), ("orphan-script", .execute, .noSuchFileOrDirectory),
        ]
    )
    func cannotExecute(name: String, stage: SpawnStage, errno: Errno) async throws {
        // Written by a child: a descriptor of this process may be copied by a start that another test has under way, and
        // what is open for writing cannot be executed. "foreign" is an ELF header of a machine that does not exist.
        var preparation = ProcessSpec.shell(
            """
            mkdir folder; echo text > plain; printf '\\001\\002' > garbage; echo '#!/nowhere/interpreter' > orphan-script
            (printf '\\177ELF\\002\\001\\001'; head -c 9 /dev/zero; printf '\\002\\000\\177\\177'; head -c 100 /dev/zero) > foreign
            chmod +x garbage orphan-script foreign
            """
        )
        preparation.workingDirectory = directory.path
        #expect(try await Watched.run(preparation, on: reactor).exit.status == .exited(code: 0))
        let spec = ProcessSpec(executable: directory.path.appending(name))
        let error = await error(of: spec)
        #expect(error?.code == .spawnFailed)
        #expect(error?.stage == stage)
        #expect(error?.errno == errno)
        #expect(error?.description.contains(spec.executable.string) == true)
    }

    @Test("a missing working directory is an error of its own")
    func missingDirectory() async {
        let error = await error(of: ProcessSpec(executable: "/bin/true", workingDirectory: "/nowhere/at/all"))
        #expect(error?.stage == .workingDirectory)
        #expect(error?.errno == .noSuchFileOrDirectory)
        #expect(error?.description.contains("/nowhere/at/all") == true)
    }

    @Test("too long an argument list is an error")
    func tooLong() async {
        let argument = String(repeating: "x", count: 3_000_000)
        let error = await error(of: ProcessSpec(executable: "/bin/true", arguments: [argument]))
        #expect(error?.errno == .argListTooLong)
    }

    @Test("strings that the kernel would cut are refused")
    func invalid() async {
        let specs = [
            ProcessSpec(executable: "/bin/true", arguments: ["a\0b"]),
            ProcessSpec(executable: "/bin/true", environment: ["A=B": "c"]),
            ProcessSpec(executable: "/bin/true", environment: ["": "c"]),
            ProcessSpec(executable: "/bin/true", environment: ["SECRET": "hidden\0"]),
        ]
        for spec in specs {
            let error = await error(of: spec)
            #expect(error?.code == .invalidSpecification)
            #expect(error?.description.contains("hidden") == false)
        }
    }

    @Test("the child sees exactly the descriptors 0, 1 and 2, the first of them /dev/null")
    func descriptors() async throws {
        let (_, lines) = try await Watched.run(.shell("for f in /proc/$$/fd/*; do readlink $f; done"), on: reactor)
        #expect(lines.count == 3)
        #expect(lines.first?.text == "/dev/null")
        #expect(lines.dropFirst().allSatisfy { $0.text.hasPrefix("pipe:") })
    }

    @Test("the child leads its own session and group")
    func session() async throws {
        let watched = Watched()
        let child = try await watched.start(.shell("cat /proc/$$/stat; exec sleep 1000"), on: reactor)
        let fields = try await watched.line().split(separator: " ")
        #expect(fields[4] == "\(child.pid)")
        #expect(fields[5] == "\(child.pid)")
        #expect(fields[21] == "\(child.startTicks)")
        reactor.kill(child)
        _ = try await watched.exit()
    }

    @Test("the child has no blocked and no ignored signal, whatever the gateway has")
    func signalMask() async throws {
        Glibc.signal(SIGPIPE, SIG_IGN)
        let spec = ProcessSpec(executable: "/bin/grep", arguments: ["-E", "^Sig(Blk|Ign)", "/proc/self/status"])
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.text.hasSuffix("\t0000000000000000") }, "\(lines)")
    }

    @Test("arguments, environment, directory and umask are exactly those of the specification")
    func specification() async throws {
        let spec = ProcessSpec(
            executable: "/bin/sh",
            name: "flow",
            arguments: ["-c", "echo $0; pwd; umask; env; printf '%s|' \"$@\"", "zero", "a b", "", "ü"],
            environment: ["PATH": "/bin:/usr/bin", "KEY": "value with = and ü"],
            workingDirectory: directory.path,
            umask: [.groupReadWriteExecute, .otherReadWriteExecute]
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        let texts = lines.map(\.text)
        #expect(texts.prefix(3) == ["zero", directory.path.string, "0077"])
        #expect(texts.last == "a b||ü|")
        #expect(
            Set(texts.dropFirst(3).dropLast()).subtracting(["PWD=\(directory.path)"]) == [
                "PATH=/bin:/usr/bin", "KEY=value with = and ü",
            ])
    }

    @Test("a hundred children run at once and all their ends arrive")
    func hundred() async throws {
        let codes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let (exit, lines) = try await Watched.run(.shell("echo \(number); exit \(number)"), on: reactor)
                    guard case .exited(let code) = exit.status, lines.map(\.text) == ["\(number)"] else {
                        return -1
                    }
                    return code
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.sorted() == Array(0..<100))
    }

    @Test("after shutdown nothing starts, and every end was reported")
    func shutdown() async throws {
        let watched = Watched()
        _ = try await watched.start(.shell("trap '' TERM; while :; do sleep 1000; done"), on: reactor)
        await reactor.shutdown()
        #expect(watched.reportedExits == 1)
        #expect(await error(of: ProcessSpec(executable: "/bin/true"))?.code == .reactorClosed)
        await reactor.shutdown()
    }

    private func error(of spec: ProcessSpec) async -> ProcessControlError? {
        do {
            _ = try await reactor.spawn(spec, onOutput: { _ in }, onExit: { _ in })
            return nil
        } catch {
            return error
        }
    }
}
