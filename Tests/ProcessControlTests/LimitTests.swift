import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("ProcessLimits", .timeLimit(.minutes(1)))
struct LimitTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test(
        "resource limits hold for the child, soft and hard",
        arguments: [
            (ProcessLimits(openFiles: 100), "Max open files", "100"),
            (ProcessLimits(coreBytes: 0), "Max core file size", "0"),
            (ProcessLimits(coreBytes: 1 << 20), "Max core file size", "1048576"),
            (ProcessLimits(addressSpaceBytes: 1 << 30), "Max address space", "1073741824"),
            (ProcessLimits(memoryBytes: 1 << 28), "Max data size", "268435456"),
        ]
    )
    func resourceLimits(limits: ProcessLimits, name: String, value: String) async throws {
        let spec = ProcessSpec(executable: "/bin/cat", arguments: ["/proc/self/limits"], limits: limits)
        let (_, lines) = try await Watched.run(spec, on: reactor)
        let line = try #require(lines.map(\.text).first { $0.hasPrefix(name) })
        let words = line.dropFirst(name.count).split(separator: " ")
        #expect(words.prefix(2) == [Substring(value), Substring(value)])
    }

    @Test("the statistics of a child tell its limits of memory, and nothing where there are none")
    func statistics() async throws {
        for (limits, memory, space) in [
            (ProcessLimits(addressSpaceBytes: 1 << 30, memoryBytes: 1 << 28), 1 << 28, 1 << 30),
            (ProcessLimits(), nil, nil),
        ] as [(ProcessLimits, Int?, Int?)] {
            let watched = Watched()
            let spec = ProcessSpec(executable: "/bin/sleep", arguments: ["1000"], limits: limits)
            let child = try await watched.start(spec, on: reactor)
            let statistics = try ProcessStatistics.read(child)
            #expect(statistics.memoryLimit == memory)
            #expect(statistics.virtualLimit == space)
            reactor.kill(child)
            _ = try await watched.exit()
        }
    }

    @Test("the nice value and the OOM score are the child's own")
    func preferences() async throws {
        let before = try content("/proc/self/oom_score_adj")
        let limits = ProcessLimits(nice: 7, oomScoreAdjustment: 321)
        var spec = ProcessSpec.shell("cat /proc/self/oom_score_adj; cut -d ' ' -f 19 /proc/self/stat", arguments: [])
        spec.limits = limits
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.map(\.text) == ["321", "7"])
        // The child shares this process's memory until it executes its program.
        #expect(try content("/proc/self/oom_score_adj") == before)
    }

    @Test(
        "nonsense is refused before anything is started",
        arguments: [
            ProcessLimits(openFiles: 0), ProcessLimits(openFiles: 15), ProcessLimits(addressSpaceBytes: 1000),
            ProcessLimits(nice: 20), ProcessLimits(nice: -21), ProcessLimits(oomScoreAdjustment: 1001),
            ProcessLimits(oomScoreAdjustment: -1001), ProcessLimits(cpu: 0), ProcessLimits(cpu: -1),
            ProcessLimits(cpu: .nan), ProcessLimits(cpu: .infinity), ProcessLimits(memoryBytes: 1),
            ProcessLimits(processes: 0),
        ]
    )
    func nonsense(limits: ProcessLimits) async {
        let spec = ProcessSpec(executable: "/bin/true", limits: limits)
        await #expect {
            _ = try await Watched().start(spec, on: reactor)
        } throws: {
            ($0 as? ProcessControlError)?.code == .invalidSpecification
        }
    }

    @Test("what cannot be kept without a cgroup is told, and the child runs")
    func unapplied() async throws {
        let limits = ProcessLimits(openFiles: 100, cpu: 0.5, memoryBytes: 1 << 30, processes: 10)
        let spec = ProcessSpec(executable: "/bin/true", limits: limits)
        #expect(reactor.unappliedLimits(of: spec) == [.cpu, .memory, .processes])
        #expect(reactor.unappliedLimits(of: ProcessSpec(executable: "/bin/true")).isEmpty)
        #expect(try await Watched.run(spec, on: reactor).exit.status == .exited(code: 0))
    }

    @Test("limits become the kernel's settings where the controllers are")
    func settings() {
        let limits = ProcessLimits(cpu: 0.5, memoryBytes: 1 << 30, processes: 10)
        func settings(_ controllers: Set<CgroupController>) -> [String] {
            limits.cgroupSettings(with: controllers).map { "\($0.file)=\($0.value)" }
        }
        #expect(settings([.cpu, .memory, .pids]) == ["cpu.max=50000 100000", "memory.max=1073741824", "pids.max=10"])
        #expect(settings([.memory]) == ["memory.max=1073741824"])
        #expect(settings([]).isEmpty)
        #expect(ProcessLimits(cpu: 0.01).cgroupSettings(with: [.cpu]).map(\.value) == ["1000 100000"])
        #expect(ProcessLimits().cgroupSettings(with: [.cpu, .memory, .pids]).isEmpty)
    }

    @Test("controllers that limits do not need are passed over")
    func controllers() {
        #expect(
            CgroupController.parse(Array("cpuset cpu io memory hugetlb pids rdma\n".utf8)) == [.cpu, .memory, .pids])
        #expect(CgroupController.parse([]).isEmpty)
    }

    private func content(_ file: FilePath) throws -> String {
        let descriptor = try FileDescriptor.open(file, .readOnly)
        return try descriptor.closeAfter {
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            return String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
