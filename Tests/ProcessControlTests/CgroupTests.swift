import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("CgroupRoot", .timeLimit(.minutes(1)))
struct CgroupTests {
    private let reactor: ProcessReactor
    private let directory: TemporaryDirectory

    init() throws {
        reactor = try ProcessReactor()
        directory = try TemporaryDirectory()
    }

    private static let plain = "41 31 0:38 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw"

    @Test(
        "the directory of the own group follows from what the kernel says",
        arguments: [
            ("0::/system.slice/x.service", plain, "/sys/fs/cgroup/system.slice/x.service"),
            ("4:memory:/a\n0::/b", "30 1 0:5 / /proc rw - proc proc rw\n\(plain)", "/sys/fs/cgroup/b"),
            ("0::/", plain, "/sys/fs/cgroup"),
            ("0::/docker/abc/x", "1 2 0:3 /docker/abc /sys/fs/cgroup ro - cgroup2 c rw", "/sys/fs/cgroup/x"),
            ("0::/docker/abc", "1 2 0:3 /docker/abc /sys/fs/cgroup ro - cgroup2 c rw", "/sys/fs/cgroup"),
            ("0::/x", "1 2 0:3 / /mnt/a\\040b rw - cgroup2 c rw", "/mnt/a b/x"),
            ("0::/docker/abcd", "1 2 0:3 /docker/abc /sys/fs/cgroup ro - cgroup2 c rw", nil),
            ("0::/../x", plain, nil), ("4:memory:/a", plain, nil),
            ("0::/a", "30 1 0:5 / /sys/fs/cgroup rw - cgroup cgroup rw,memory", nil), ("", "", nil),
            ("0::/a", "cgroup2 - cgroup2", nil),
        ] as [(String, String, String?)]
    )
    func membership(own: String, mounts: String, expected: String?) {
        let directory = CgroupMembership.directory(
            membership: Array("\(own)\n".utf8),
            mounts: Array("\(mounts)\n".utf8)
        )
        #expect(directory?.string == expected)
    }

    @Test(
        "an adopted child keeps its group, and all that is in it ends with the child",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)")
    )
    func adoption() async throws {
        let cgroup = try DelegatedCgroup()
        let script = "setsid env -i /bin/sh -c 'echo $$; exec /bin/sleep 1000' & echo >&5; read x < /dev/stderr"
        let spec = try Fixture.spec("enclosing-gateway", directory.path.string, "/bin/sh", "-c", script)
        let first = Watched()
        let gateway = try await first.start(cgroup.enclose(spec), on: reactor)
        var heard: [Substring: Int32] = [:]
        while heard.count < 2 {
            let words = try await first.line().split(separator: " ")
            if words.count == 2, let pid = Int32(words[1]) { heard[words[0]] = pid }
        }
        let (child, escapee) = (try #require(heard["started"]), try #require(heard["out"]))
        Glibc.kill(gateway.pid, SIGKILL)
        _ = try await first.exit()
        let groups = cgroup.groups
        #expect(groups.count == 2)

        let second = Watched()
        let next = try await second.start(cgroup.enclose(spec), on: reactor)
        while try await second.line() != "adopted \(child)" {}
        #expect(cgroup.groups == groups)
        #expect(try ProcStat.read(pid: escapee)?.isDead == false)
        Glibc.kill(child, SIGKILL)
        while try await !second.line().hasPrefix("ended") {}
        #expect(try ProcStat.read(pid: escapee)?.isDead != false)
        #expect(cgroup.groups == ["gateway"])
        reactor.kill(next)
        _ = try await second.exit()
    }

    @Test("a directory that is no cgroup is refused")
    func noCgroup() {
        #expect {
            _ = try CgroupRoot(delegated: directory.path, runDirectory: directory.path)
        } throws: {
            ($0 as? ProcessControlError)?.code == .cgroupUnavailable
        }
    }

    @Test(
        "the gateway moves into a group of its own, and its children into theirs, which account for what they start",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)")
    )
    func delegation() async throws {
        let cgroup = try DelegatedCgroup()
        let spec = try Fixture.spec("delegation", directory.path.string)
        let lines = try await Watched.run(cgroup.enclose(spec), on: reactor).lines.map(\.text)
        let name = try #require(cgroup.path.lastComponent?.string)
        #expect(lines.first == "root \(cgroup.path)")
        #expect(lines.dropFirst().first == "own /\(name)/gateway")
        let child = try #require(lines.dropFirst(2).first)
        #expect(child.hasPrefix("child /\(name)/") && child.hasSuffix(".plant%2fflow%201.1"))
        #expect(
            Array(lines.dropFirst(3)) == ["descendants count: true", "memory counts: true", "usage counts: true"]
        )
        #expect(cgroup.groups == ["gateway"])
    }

    @Test(
        "a gateway that starts in the group that it makes for itself takes the one above",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)")
    )
    func subgroup() async throws {
        let cgroup = try DelegatedCgroup()
        #expect(mkdir(cgroup.path.appending("gateway").string, 0o755) == 0)
        let spec = ProcessSpec.shell(
            "echo $$ > \(cgroup.path)/gateway/cgroup.procs; exec \(try Fixture.spec("").executable) delegation \(directory.path)"
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.first?.text == "root \(cgroup.path)")
    }

    @Test(
        "a group that another user owns is not taken",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)")
    )
    func foreign() async throws {
        let cgroup = try DelegatedCgroup()
        let spec = try Fixture.spec("delegation", directory.path.string)
        let (_, lines) = try await Watched.run(
            cgroup.enclose(
                ProcessSpec(
                    executable: "/usr/bin/setpriv",
                    arguments: [
                        "--reuid=65534", "--regid=65534", "--clear-groups", spec.executable.string, "delegation",
                        "/tmp",
                    ],
                    environment: spec.environment
                )
            ),
            on: reactor
        )
        #expect(lines.map(\.text) == ["cgroup_unavailable"])
        #expect(cgroup.groups.isEmpty)
    }

    @Test(
        "what a killed gateway leaves in its groups is ended by the next one, and nothing else is",
        .enabled(if: DelegatedCgroup.isAvailable, "\(DelegatedCgroup.requirement)")
    )
    func leftovers() async throws {
        let cgroup = try DelegatedCgroup()
        let other = try TemporaryDirectory()
        let pids = try await leave(in: cgroup, runDirectory: directory.path)
        let foreign = try await leave(in: cgroup, runDirectory: other.path)
        let groups = cgroup.groups

        let kept = try await cleanUp(in: cgroup, keeping: pids.first)
        #expect(kept == ["done"])
        #expect(cgroup.groups == groups)

        #expect(try await cleanUp(in: cgroup) == [".plant%2fleft.1 3 true", "done"])
        for pid in pids {
            #expect(try ProcStat.read(pid: pid)?.isDead != false)
        }
        for pid in foreign {
            #expect(try ProcStat.read(pid: pid)?.isDead == false)
        }
        #expect(cgroup.groups.count == groups.count - 1)
        #expect(try await cleanUp(in: cgroup) == ["done"])
    }

    /// Runs a gateway that is killed, and returns the pids of its child and of one that left the child's group.
    private func leave(in cgroup: DelegatedCgroup, runDirectory: FilePath) async throws -> [Int32] {
        let gateway = Watched()
        let spec = cgroup.enclose(try Fixture.spec("leave-cgroup", runDirectory.string))
        let process = try await gateway.start(spec, on: reactor)
        let pids = [Int32(try await gateway.line()), Int32(try await gateway.line())].compactMap(\.self)
        Glibc.kill(process.pid, SIGKILL)
        _ = try await gateway.exit()
        return pids
    }

    private func cleanUp(in cgroup: DelegatedCgroup, keeping pid: Int32? = nil) async throws -> [String] {
        var spec = try Fixture.spec("clean-cgroups", directory.path.string)
        spec.arguments += [pid.map(String.init)].compactMap(\.self)
        return try await Watched.run(cgroup.enclose(spec), on: reactor).lines.map(\.text)
    }
}
