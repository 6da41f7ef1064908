import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("Users and groups", .timeLimit(.minutes(1)))
struct AccountTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    private static let database = AccountDatabase(
        passwd: Array(
            """
            root:x:0:0:root:/root:/bin/sh
            # a comment
            flow:x:1001:1001::/nonexistent:/bin/false
            1002:x:7:7::/:/bin/false
            broken:x:many:1::/:
            last:x:1002:50::/:/bin/false
            """.utf8),
        group: Array(
            """
            root:x:0:
            flow:x:1001:
            dialout:x:20:flow,last
            gpio:x:997:other,flow
            short:x

            """.utf8)
    )

    @Test(
        "names and numbers stand for rights, with the groups that list the user",
        arguments: [
            ("flow", nil, [1001, 1001, 20, 997, 1001]), ("1001", nil, [1001, 1001, 20, 997, 1001]),
            ("flow", "dialout", [1001, 20, 20, 997]), ("last", nil, [1002, 50, 20, 50]), ("1002", nil, [7, 7, 7]),
            ("4711", "4712", [4711, 4712, 4712]), (nil, "gpio", [5, 997, 997]), (nil, "20", [5, 20, 20]),
        ] as [(String?, String?, [UInt32])]
    )
    func resolve(user: String?, group: String?, expected: [UInt32]) throws {
        let account = try Self.database.account(user: user, group: group, present: (user: 5, group: 6))
        #expect([account.user, account.group] + account.supplementaryGroups == expected)
    }

    @Test(
        "what stands for no rights is refused",
        arguments: [
            ("nobody-such", nil, .unknownUser), ("", nil, .unknownUser), ("broken", nil, .unknownUser),
            ("-1", nil, .unknownUser), ("4294967295", "1", .unknownUser), ("flow", "short", .unknownGroup),
            ("flow", "4294967295", .unknownGroup), ("4711", nil, .userWithoutGroup),
        ] as [(String?, String?, AccountProblem)]
    )
    func refuse(user: String?, group: String?, problem: AccountProblem) {
        #expect(throws: problem) {
            try Self.database.account(user: user, group: group, present: (user: 5, group: 6))
        }
    }

    @Test("a child runs as its user", .enabled(if: geteuid() == 0, "only root may change the user"))
    func changed() async throws {
        var spec = ProcessSpec(
            executable: "/bin/grep",
            arguments: ["-E", "^(Uid|Gid|Groups|CapEff|CapPrm|CapAmb):", "/proc/self/status"],
            user: "nobody"
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(
            lines.map { $0.text.split(separator: "\t").map { $0.trimmingBlanks } } == [
                ["Uid:", "65534", "65534", "65534", "65534"], ["Gid:", "65534", "65534", "65534", "65534"],
                ["Groups:", "65534"], ["CapPrm:", "0000000000000000"], ["CapEff:", "0000000000000000"],
                ["CapAmb:", "0000000000000000"],
            ])
        spec.group = "daemon"
        let (_, grouped) = try await Watched.run(spec, on: reactor)
        #expect(grouped.dropFirst().first?.text == "Gid:\t1\t1\t1\t1")
        #expect(geteuid() == 0)
    }

    @Test(
        "the working directory is entered with the user's rights",
        .enabled(if: geteuid() == 0, "only root may change the user")
    )
    func directory() async throws {
        let directory = try TemporaryDirectory()
        let spec = ProcessSpec(executable: "/bin/true", workingDirectory: directory.path, user: "nobody")
        await #expect {
            _ = try await Watched().start(spec, on: reactor)
        } throws: {
            let error = $0 as? ProcessControlError
            return error?.stage == .workingDirectory && error?.errno == .permissionDenied
        }
    }

    @Test("an unknown user or group is an error that names it")
    func unknown() async {
        for spec in [
            ProcessSpec(executable: "/bin/true", user: "no-such-name"),
            ProcessSpec(executable: "/bin/true", group: "no-such-name"),
        ] {
            await #expect {
                _ = try await Watched().start(spec, on: reactor)
            } throws: {
                let error = $0 as? ProcessControlError
                return error?.code == .unknownAccount && error?.description.contains("\"no-such-name\"") == true
            }
        }
    }

    @Test(
        "without the right to it, each thing is refused at its own step; what is so already is none",
        .enabled(if: geteuid() == 0, "only root may become an unprivileged user")
    )
    func unprivileged() async throws {
        var spec = try Fixture.spec("lack-of-rights")
        spec.user = "nobody"
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(
            lines.map(\.text) == [
                "limits \(EPERM)", "nice \(EACCES)", "oom_score \(EACCES)", "user \(EPERM)", "user \(EPERM)",
                "exit code 0",
            ])
    }

    @Test(
        "a start as another user leaves this process its own files in /proc",
        .enabled(if: geteuid() == 0, "only root may give capabilities")
    )
    func dumpable() async throws {
        let fixture = try Fixture.spec("change-user")
        let spec = ProcessSpec(
            executable: "/usr/bin/setpriv",
            arguments: [
                "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+setuid,+setgid",
                "--ambient-caps=+setuid,+setgid", fixture.executable.string, "change-user",
            ],
            environment: fixture.environment
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.map(\.text) == ["exit code 0", "environment readable: true"])
    }
}

extension Substring {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
