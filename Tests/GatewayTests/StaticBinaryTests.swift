import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: static binary", .timeLimit(.minutes(2)))
struct StaticBinaryTests {
    @Test("it needs no loader and no library", .enabled(if: Binaries.isStatic, "GATEWARDEN_TEST_BINARY is not set"))
    func notDynamic() async throws {
        let result = try await Program.run("/usr/bin/ldd", [Binaries.gateway.string])
        #expect((result.text(.stdout) + result.text(.stderr)).contains("not a dynamic executable"))
    }

    @Test(
        "it runs with its children in a root directory that holds nothing else but /proc",
        .enabled(if: Binaries.isStatic && Binaries.standins != nil, "GATEWARDEN_TEST_BINARY or _STANDINS is not set"),
        .enabled(if: Binaries.isRoot, "only root may change the root directory")
    )
    func emptyRoot() async throws {
        let directory = try TestDirectory()
        let standins = try #require(Binaries.standins)
        try directory.write(
            "gateway.yaml",
            """
            processes:
              - name: flow
                command: [/benthos, run, /flow.yaml]
                probes: {startup: {http: {url: "http://localhost:4196/ping"}, period: 100ms}}
            """
        )
        try directory.write(
            "flow.yaml",
            """
            http: {address: "127.0.0.1:4196"}
            input: {generate: {interval: 1s, mapping: 'root = {}'}}
            output: {drop: {}}
            """
        )
        // The names of modules that no static program contains: look-ups must not follow this file.
        try directory.write("nsswitch.conf", "hosts: nosuchmodule\n")
        try directory.write("hosts", "127.0.0.1 localhost\n")
        // A mount namespace of its own: the mount goes with the process, however it ends.
        let script = """
            set -e
            cp \(Binaries.gateway) \(standins)/benthos \(directory.path)
            mkdir -p \(directory.path)/proc \(directory.path)/tmp \(directory.path)/etc
            mv \(directory.path)/nsswitch.conf \(directory.path)/hosts \(directory.path)/etc
            mount -t proc proc \(directory.path)/proc
            exec chroot \(directory.path) /\(Binaries.gateway.lastComponent?.string ?? "") run --config /gateway.yaml \
            --run-dir /run --data-dir /data --listen 127.0.0.1:0
            """
        let gateway = try await RunningGateway.start(
            executable: "/usr/bin/unshare",
            arguments: ["--mount", "/bin/sh", "-c", script],
            runDirectory: directory.path.appending("run"),
            environment: [:]
        )
        let base = try await gateway.waitForAddress()
        try await gateway.waitForLog { $0.msg == "Child is ready" && $0.path == "gateway/flow" }
        #expect(try await fetch(base + "/metrics").body.contains(#"gatewarden_child_up{child="gateway/flow"} 1"#))
        #expect(await gateway.stop() == .exited(code: 0))
    }
}
