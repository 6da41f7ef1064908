import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: added children", .timeLimit(.minutes(1)))
struct AdditionTests {
    private static let configuration = """
        agent: {name: box, location: {enterprise: acme, site: north}}
        variables: {GREETING: hello}
        processes:
          - name: broker
            command: [sleep, "1000"]
          - name: reader
            group: line
            command: [sleep, "1000"]
        """

    private func start(_ directory: TestDirectory) async throws -> RunningGateway {
        let gateway = try await RunningGateway.start(Self.configuration, in: directory)
        try await gateway.waitUntilReady("box/broker", "box/line/reader")
        return gateway
    }

    @Test("a declared child is added beside the others, its templates filled in, and lives until the gateway ends")
    func addition() async throws {
        let directory = try TestDirectory()
        let gateway = try await start(directory)
        let file = try directory.write(
            "press.yaml",
            """
            name: press
            workerType: process
            userSpec:
              variables: {IP: 10.0.0.7}
              config:
                command: [sh, -c, 'echo "{{ global.GREETING }} {{ IP }} {{ internal.path }} {{ internal.location }}"; exec sleep 1000']
            dependsOn: [broker]
            """
        )
        let added = try await run(gateway, "add", file.string)
        #expect(added.text(.stdout) == "Added box/press; see gatewarden status")
        #expect(added.status == .exited(code: 0))
        // Its line is read before or after the news that it is ready.
        var missing: Set = ["Child is ready", "Child output"]
        while !missing.isEmpty {
            let line = try await gateway.waitForLog { $0.path == "box/press" }
            missing.remove(line.msg)
        }
        let lines = try await gateway.control.logs(of: "press", lines: 1)
        #expect(lines.map(\.text) == ["hello 10.0.0.7 box/press acme/north"])

        let again = try await run(gateway, "add", file.string)
        #expect(again.status == .exited(code: 1))
        #expect(again.text(.stderr).contains("two children are named press"))
        #expect(await gateway.stop() == .exited(code: 0))

        let next = try await start(directory)
        let names = try await next.control.status().root.children.map(\.identity.name)
        #expect(names == ["broker", "line"])
        #expect(await next.stop() == .exited(code: 0))
    }

    @Test("a whole subtree is added below a node of the tree")
    func subtree() async throws {
        let directory = try TestDirectory()
        let gateway = try await start(directory)
        let file = try directory.write(
            "oven.yaml",
            """
            name: oven
            workerType: application
            children:
              - {name: probe, workerType: process, userSpec: {config: {command: [sleep, "1000"]}}}
            """
        )
        let added = try await run(gateway, "add", file.string, "--to", "line")
        #expect(added.text(.stdout) == "Added box/line/oven; see gatewarden status")
        try await gateway.waitUntilReady("box/line/oven/probe")
        #expect(await gateway.stop() == .exited(code: 0))
    }

    @Test("a declaration with mistakes is refused with all of them by place, and nothing is added")
    func mistakes() async throws {
        let directory = try TestDirectory()
        let gateway = try await start(directory)
        let file = try directory.write(
            "bad.yaml",
            """
            - {name: a, workerType: toaster}
            - {name: b, workerType: process, userSpec: {config: {command: [sh, "{{ NOPE }}"]}}, dependsOn: [nobody]}
            """
        )
        let refused = try await run(gateway, "add", file.string)
        #expect(refused.status == .exited(code: 1))
        let text = refused.text(.stderr)
        #expect(text.contains("bad.yaml:1:25: [0].workerType:"), "\(text)")
        #expect(text.contains("application, benthos, connection, process, protocolConverter"), "\(text)")
        #expect(text.contains("NOPE"), "\(text)")
        #expect(text.contains("nobody"), "\(text)")
        let children = try await gateway.control.status().root.children
        #expect(children.count == 2)

        let refusedParent = try await run(gateway, "add", file.string, "--to", "broker")
        #expect(refusedParent.text(.stderr).contains("box/broker is a process and takes no children"))
        #expect(await gateway.stop() == .exited(code: 0))
    }
}
