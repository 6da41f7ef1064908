import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("A whole gateway process", .timeLimit(.minutes(1)))
struct GatewayTests {
    private let reactor: ProcessReactor

    init() throws {
        reactor = try ProcessReactor()
    }

    @Test("running out of descriptors is an error, and nothing leaks")
    func descriptors() async throws {
        let (exit, lines) = try await Watched.run(Fixture.spec("exhaust-descriptors"), on: reactor)
        #expect(exit.status == .exited(code: 0))
        #expect(lines.map(\.text) == ["refused out_of_descriptors after true", "leaked 0"])
    }

    @Test(
        "where there is no /dev/null, a child finds its standard input at its end all the same",
        .enabled(if: geteuid() == 0, "only root may hide /dev")
    )
    func noNull() async throws {
        let fixture = try Fixture.spec("missing-null-device")
        // The mount namespace goes with the process.
        let spec = ProcessSpec(
            executable: "/usr/bin/unshare",
            arguments: [
                "--mount", "/bin/sh", "-c",
                "mount -t tmpfs none /dev && exec \(fixture.executable) missing-null-device",
            ],
            environment: fixture.environment
        )
        let (_, lines) = try await Watched.run(spec, on: reactor)
        #expect(lines.map(\.text) == ["end of input"])
    }

    @Test("a grandchild that left its session is reaped by a reactor that adopts orphans")
    func orphans() async throws {
        let (exit, lines) = try await Watched.run(Fixture.spec("adopt-orphans"), on: reactor)
        #expect(exit.status == .exited(code: 0))
        #expect(lines.map(\.text) == ["parent is the reactor's process: true", "orphan reaped"])
    }

    @Test("hundreds of starts and kills leave no descriptor open")
    func cycles() async throws {
        let (exit, lines) = try await Watched.run(Fixture.spec("cycles", "200"), on: reactor)
        #expect(exit.status == .exited(code: 0))
        #expect(lines.first?.text == "leaked 0")
    }
}
