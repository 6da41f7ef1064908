import ProcessControl
import SystemPackage
import Testing

@Suite("SpecificationDigest and AdoptionTerms")
struct SpecificationDigestTests {
    @Test(
        "it is FNV-1a with 128 bits",
        arguments: [
            ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
            ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
        ]
    )
    func vectors(text: String, expected: String) throws {
        var digest = SpecificationDigest()
        digest.combine(text.utf8)
        #expect(digest.recorded == expected)
        #expect(SpecificationDigest(recorded: expected) == digest)
        #expect(!"\(digest)".contains(expected))
    }

    @Test("what is not a digest is refused", arguments: ["", "0", "+c62272e07bb014262b821756295c58", "xyz"])
    func notDigest(text: String) {
        #expect(SpecificationDigest(recorded: text) == nil)
    }

    @Test("every property of what is started changes it")
    func properties() {
        let changes: [(inout ProcessSpec) -> Void] = [
            { $0.executable = "/bin/other" },
            { $0.name = "other" },
            { $0.arguments = ["a b"] },
            { $0.arguments = ["a", "b", ""] },
            { $0.arguments = [] },
            { $0.environment["KEY"] = "changed" },
            { $0.environment["OTHER"] = "" },
            { $0.environment = [:] },
            { $0.workingDirectory = "/srv" },
            { $0.workingDirectory = nil },
            { $0.umask = [] },
            { $0.notifyDescriptor = 3 },
            { $0.document = "" },
            { $0.document = "key: value" },
            { $0.user = "nobody" },
            { $0.group = "nobody" },
            { $0.limits.openFiles = 64 },
            { $0.limits.coreBytes = 64 },
            { $0.limits.addressSpaceBytes = 64 },
            { $0.limits.nice = 1 },
            { $0.limits.oomScoreAdjustment = 1 },
            { $0.limits.cpu = 0.5 },
            { $0.limits.memoryBytes = 64 },
            { $0.limits.processes = 64 },
        ]
        let spec = ProcessSpec(
            executable: "/bin/x",
            arguments: ["a", "b"],
            environment: ["KEY": "value"],
            workingDirectory: "/"
        )
        var digests: Set = [spec.digest]
        for change in changes {
            var changed = spec
            change(&changed)
            digests.insert(changed.digest)
        }
        #expect(digests.count == changes.count + 1)
        #expect(
            Mirror(reflecting: spec).children.count == 12 && Mirror(reflecting: spec.limits).children.count == 8,
            "a new property belongs into the digest, unless it does not shape the program as onGatewayRestart"
        )
    }

    @Test("what happens when the gateway restarts does not change it")
    func policy() {
        var spec = ProcessSpec(executable: "/bin/x")
        let before = spec.digest
        spec.onGatewayRestart = .adopt
        #expect(spec.digest == before)
    }

    @Test("terms survive being written, and a torn line is no terms", arguments: Self.notifications)
    func terms(notification: AdoptionTerms.Notification) {
        let terms = AdoptionTerms(
            digest: SpecificationDigest(),
            executable: "/opt/a b)\n",
            standardOutput: 7,
            standardError: 8,
            notification: notification
        )
        #expect(terms.line.hasSuffix("\n"))
        #expect(AdoptionTerms(line: terms.line.dropLast()) == terms)
        #expect(AdoptionTerms(line: terms.line.dropLast() + " later") == terms)
        #expect(AdoptionTerms(line: terms.line.dropFirst()) == nil)
    }

    @Test("the last complete terms of a record count")
    func lastTerms() throws {
        var terms = AdoptionTerms(
            digest: SpecificationDigest(),
            executable: "/bin/first",
            standardOutput: 7,
            standardError: 8,
            notification: .none
        )
        let header = ChildRecord.header(bootIdentifier: "boot", childPath: "x", executable: "/bin/x")
        let stat = "42 (a) b) S 1 42 42 0 -1 0 1 2 3 4 5 6 7 8 20 0 9 0 12345 1000 77 0 0\n"
        let first = header + stat + terms.line
        #expect(try ChildRecord.parse(Array(first.utf8)).get().adoption == terms)
        #expect(try ChildRecord.parse(Array((header + stat).utf8)).get().adoption == nil)
        let before = terms
        terms.executable = "/bin/second"
        let second = Array((first + terms.line).utf8)
        #expect(try ChildRecord.parse(second).get().adoption == terms)
        #expect(try ChildRecord.parse(second).get().stat.startTicks == 12345)
        for length in first.utf8.count..<second.count {
            #expect(try ChildRecord.parse(Array(second[..<length])).get().adoption == before)
        }
    }

    private static let notifications: [AdoptionTerms.Notification] = [
        .none, .received, .awaited(descriptor: 5, inode: 12345),
    ]
}
