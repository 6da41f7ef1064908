import OperatorHTTP
import ProcessControl
import Synchronization
import SystemPackage
import Testing

@Suite("Gateway: what children write", .timeLimit(.minutes(2)))
struct ChildOutputTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    private func file(_ child: String, _ name: String = "current") throws -> String {
        let path = directory.path.appending("data/logs/box%2f\(child)").appending(name)
        return String(decoding: try TestDirectory.content(of: path), as: UTF8.self)
    }

    /// The value of a series.
    private func value(_ series: String, on page: String) throws -> Int {
        let line = page.split(separator: "\n").first { $0.hasPrefix("\(series) ") }
        guard let line, let value = Int(line.dropFirst(series.count + 1)) else { throw Missing(what: series) }
        return value
    }

    @Test("a flood does not block its child, is cut to the limit, counted, and told of")
    func flood() async throws {
        let gateway = try await RunningGateway.start(
            """
            agent: {name: box}
            processes:
              - {name: loud, command: [sh, -c, "yes flood | head -n 2000000"], restart: {policy: never}}
              - {name: quiet, command: [sh, -c, "echo quiet; exec sleep 100000"]}
            """, in: directory)
        let base = try await gateway.waitForAddress()
        let told = Mutex(0)
        @Sendable func note(_ line: LogLine) {
            guard line.msg == "Child output dropped", case .number(let lines)? = line.fields["dropped_lines"] else {
                return
            }
            #expect(line.level == "warning")
            #expect(line.path == "box/loud")
            told.withLock { $0 += Int(lines) }
        }
        try await gateway.waitForLog { line in
            note(line)
            return line.msg == "Process ended" && line.path == "box/loud"
        }
        let page = try await fetch(base + "/metrics").body
        let total = try value(#"gatewarden_child_log_lines_total{child="box/loud",stream="stdout"}"#, on: page)
        let dropped = try value(#"gatewarden_child_log_lines_dropped_total{child="box/loud"}"#, on: page)
        #expect(total == 2_000_000)
        #expect(dropped > 1_900_000)
        // The news of a flood that ended a moment before its process may come after that of the process.
        while told.withLock({ $0 }) < dropped {
            try await gateway.waitForLog { line in
                note(line)
                return line.msg == "Child output dropped"
            }
        }
        #expect(told.withLock { $0 } == dropped)
        #expect(try value(#"gatewarden_child_log_lines_dropped_total{child="box/quiet"}"#, on: page) == 0)
        #expect(try await gateway.control.logs(of: "loud", lines: 1000).count == 1000)
        #expect(await gateway.stop() == .exited(code: 0))
        let kept = try file("loud").split(separator: "\n").count
        #expect(kept == total - dropped)
        #expect(try file("quiet").hasSuffix("Z stdout quiet\n"))
    }

    @Test("lines of a child keep their level, and its fields stand apart from the gateway's own")
    func structure() async throws {
        let gateway = try await RunningGateway.start(
            """
            agent: {name: box}
            processes:
              - name: flow
                command:
                  - sh
                  - -c
                  - |
                    echo '{"level":"error","msg":"no route","component":"x","code":7,"nested":{"a":1}}'
                    echo 'level=warning msg="slow \\"x\\"" path=root.input' >&2
                    echo 'level=debug msg="not shown"'
                    echo plain
                    exec sleep 100000
            """, in: directory)
        let first = try await gateway.waitForLog { $0.msg == "Child output" }
        #expect(first.level == "error")
        #expect(first.component == "process")
        #expect(first.path == "box/flow")
        #expect(first.line == "no route")
        #expect(first.fields["fields"] == .fields(["component": "x", "code": 7]))
        var rest = [first]
        while rest.count < 3 { rest.append(try await gateway.waitForLog { $0.msg == "Child output" }) }
        let warning = try #require(rest.first { $0.level == "warning" })
        #expect(warning.line == #"slow "x""#)
        #expect(warning.fields["fields"] == .fields(["path": "root.input"]))
        #expect(rest.first { $0.level == "info" }?.line == "plain")
        #expect(await gateway.stop() == .exited(code: 0))
        #expect(try file("flow").contains(#" stdout level=debug msg="not shown""#))
    }

    @Test("a secret that a child writes is masked in the log, in the last lines and on disk")
    func secrets() async throws {
        let gateway = try await RunningGateway.start(
            """
            agent: {name: box}
            variables: {dbPassword: swordfish}
            processes:
              - name: flow
                command: [sh, -c, "echo \\"$API_TOKEN, $URL\\"; exec sleep 100000"]
                environment: {API_TOKEN: hunter2-hunter2, URL: "db://{{ global.dbPassword }}@plant"}
            """, in: directory)
        let line = try await gateway.waitForLog { $0.msg == "Child output" }
        #expect(line.line == "********, ********")
        #expect(try await gateway.control.logs(of: "flow", lines: 10).map(\.text) == ["********, ********"])
        #expect(await gateway.stop() == .exited(code: 0))
        #expect(try file("flow").hasSuffix("Z stdout ********, ********\n"))
    }

    @Test("output goes on where the last gateway has left off")
    func restart() async throws {
        let configuration = """
            agent: {name: box}
            processes: [{name: flow, command: [sh, -c, "echo up; exec sleep 100000"]}]
            """
        for _ in 0..<2 {
            let gateway = try await RunningGateway.start(configuration, in: directory)
            try await gateway.waitForLog { $0.line == "up" }
            #expect(await gateway.stop() == .exited(code: 0))
        }
        #expect(try file("flow").split(separator: "\n").count == 2)
    }
}
