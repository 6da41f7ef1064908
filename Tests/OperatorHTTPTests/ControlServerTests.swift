import Logging
import NIOCore
import NIOPosix
import OperatorHTTP
import Testing

@Suite("Control server and client", .timeLimit(.minutes(1)))
struct ControlServerTests {
    @Test("status arrives as it was given")
    func status() async throws {
        try await withClient { client, gateway in
            let status = try await client.status()
            #expect(status == (await gateway.status()))
        }
    }

    @Test("the configuration arrives as text")
    func configuration() async throws {
        try await withClient { client, gateway in
            let configuration = try await client.effectiveConfiguration()
            #expect(configuration == (await gateway.effectiveConfiguration()))
        }
    }

    @Test("logs arrive, no more lines than asked for, from a path with any characters", arguments: FakeGateway.children)
    func logs(_ child: String) async throws {
        try await withClient { client, gateway in
            let lines = try await client.logs(of: child, lines: 3)
            let given = try await gateway.logs(of: child, lines: 3)
            #expect(lines == given)
            let all = try await client.logs(of: child, lines: 1000)
            #expect(all.count == 250)
        }
    }

    @Test("a number of lines out of range is refused", arguments: [0, -1, 1001])
    func logLines(_ lines: Int) async throws {
        let message = "lines=\(lines) is not possible; give a number from 1 to 1000"
        try await withClient { client, _ in
            await #expect(throws: OperatorError(code: .invalid, message: message)) {
                try await client.logs(of: FakeGateway.children[0], lines: lines)
            }
        }
    }

    @Test("actions reach the child that was named")
    func actions() async throws {
        try await withClient { client, gateway in
            try await client.restart(FakeGateway.children[0])
            try await client.stop(FakeGateway.children[1])
            try await client.start(FakeGateway.children[1])
            let flow = FakeGateway.children[1]
            #expect(gateway.actions == ["restart /line-1/broker", "stop \(flow)", "start \(flow)"])
        }
    }

    @Test("the circuits of one child or of all are closed, and the answer names whose")
    func resetCircuit() async throws {
        try await withClient { client, gateway in
            for child in FakeGateway.children {
                let path = try await client.resetCircuit(child)
                #expect(path == child)
            }
            let all = try await client.resetCircuit(nil)
            #expect(all == "/")
            #expect(gateway.actions == FakeGateway.children.map { "reset \($0)" } + ["reset all"])
            await #expect(throws: OperatorError.unknownChild("/line", among: FakeGateway.children)) {
                _ = try await client.resetCircuit("/line")
            }
        }
    }

    @Test("a declaration arrives as it was written, and the answer names the new children")
    func add() async throws {
        try await withClient { client, gateway in
            let declaration = ChildDeclarationText(
                yaml: "name: added\nworkerType: process\n# \u{e4}\"\n",
                name: "added.yaml",
                folder: "/etc/gatewarden",
                parent: "/line-1"
            )
            let paths = try await client.add(declaration)
            #expect(paths == ["/line-1/added"])
            #expect(gateway.actions == ["add \(declaration)"])
        }
    }

    @Test("the log's level arrives as it was given, and a new one as it was asked for")
    func logLevel() async throws {
        try await withClient { client, gateway in
            let report = try await client.logLevel()
            #expect(report == (await gateway.logLevel()))
            let set = try await client.setLogLevel(LogLevelRequest(level: .trace, duration: .seconds(600)))
            #expect(set == LogLevelReport(level: .trace, configured: .info, remaining: .seconds(600)))
            _ = try await client.setLogLevel(LogLevelRequest(level: .error))
            _ = try await client.setLogLevel(LogLevelRequest(level: nil))
            #expect(
                gateway.actions == [
                    "log-level trace 600.0 seconds", "log-level error 0.0 seconds", "log-level configured 0.0 seconds",
                ])
        }
    }

    @Test("a level for longer than a day, or for no time, is refused", arguments: [0, -1, 86_401])
    func logLevelTime(_ seconds: Int) async throws {
        let message = "for=\(seconds) is not possible; give whole seconds from 1 to 86400"
        try await withClient { client, gateway in
            await #expect(throws: OperatorError(code: .invalid, message: message)) {
                _ = try await client.setLogLevel(LogLevelRequest(level: .debug, duration: .seconds(seconds)))
            }
            #expect(gateway.actions.isEmpty)
        }
    }

    @Test("a reload waits as long as it was asked to, and the answer arrives as it was given")
    func reload() async throws {
        try await withClient { client, gateway in
            for request in [ReloadRequest(), ReloadRequest(timeout: .seconds(7)), ReloadRequest(timeout: nil)] {
                let report = try await client.reload(request)
                #expect(report == FakeGateway.reload)
            }
            #expect(gateway.actions == ["reload 120.0 seconds", "reload 7.0 seconds", "reload without waiting"])
        }
    }

    @Test("a reload that would wait longer than a request may last is refused")
    func reloadTooLong() async throws {
        let message = "wait=601 is not possible; give whole seconds from 0 to 600"
        try await withClient { client, gateway in
            await #expect(throws: OperatorError(code: .invalid, message: message)) {
                _ = try await client.reload(ReloadRequest(timeout: .seconds(601)))
            }
            #expect(gateway.actions.isEmpty)
        }
    }

    @Test("an unknown child is answered with the closest one, and a missing one is asked for")
    func unknownChild() async throws {
        try await withClient { client, gateway in
            await #expect(throws: OperatorError.unknownChild("/line-1/brok", among: FakeGateway.children)) {
                try await client.stop("/line-1/brok")
            }
            let error = await #expect(throws: OperatorError.self) { try await client.stop("") }
            #expect(error?.code == .invalid)
            #expect(gateway.actions.isEmpty)
        }
    }

    @Test("a refusal keeps its code and its message", arguments: OperatorError.Code.allCases)
    func refusal(_ code: OperatorError.Code) async throws {
        let refusal = OperatorError(code: code, message: "not \"now\"")
        try await withClient(FakeGateway(refusal: refusal)) { client, _ in
            await #expect(throws: refusal) { try await client.restart("/a") }
        }
    }

    @Test("only owner and group may connect, and the socket goes with the server")
    func socketFile() async throws {
        let directory = try TemporaryDirectory()
        let server = try await bind(directory)
        try await running(server) {
            let permissions = try directory.permissions(of: "control.sock")
            #expect(permissions == 0o660)
        }
        #expect(try directory.permissions(of: "control.sock") == nil)
    }

    @Test("the socket of a gateway that died is replaced")
    func staleSocket() async throws {
        let directory = try TemporaryDirectory()
        let dead = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: "\(directory.path)/moved.sock")
            .get()
        // Closing removes the socket where it was bound, so it has to be elsewhere by then.
        try directory.rename("moved.sock", to: "control.sock")
        try await dead.close()
        #expect(try directory.permissions(of: "control.sock") != nil)
        try await running(onceFree { try await bind(directory) }) {
            let status = try await ControlClient(runDirectory: directory.path, timeout: .seconds(60)).status()
            #expect(status.pid == 42)
        }
    }

    @Test("the socket of a gateway that lives is left alone")
    func liveSocket() async throws {
        let directory = try TemporaryDirectory()
        try await running(bind(directory)) {
            let message = "another gateway listens there; stop it or give another place with --run-dir"
            await #expect(throws: refused(directory, message)) { try await bind(directory) }
            let status = try await ControlClient(runDirectory: directory.path, timeout: .seconds(60)).status()
            #expect(status.pid == 42)
        }
    }

    @Test("a file that is not a socket is left alone")
    func otherFile() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("precious", to: "control.sock")
        let message = "there is a file that is not a socket; remove it or give another place with --run-dir"
        await #expect(throws: refused(directory, message)) { try await bind(directory) }
        #expect(try directory.permissions(of: "control.sock") != nil)
    }

    @Test("a path of 103 bytes works, one of 104 is refused with the reason")
    func pathLength() async throws {
        let directory = try TemporaryDirectory()
        let room = 103 - directory.path.utf8.count - "//control.sock".utf8.count
        let longest = "\(directory.path)/\(String(repeating: "d", count: room))"
        try directory.makeDirectory(String(repeating: "d", count: room))
        try await running(bind(longest)) {
            let status = try await ControlClient(runDirectory: longest, timeout: .seconds(60)).status()
            #expect(status.pid == 42)
        }
        let error = await #expect(throws: OperatorError.self) { try await bind(longest + "d") }
        #expect(error?.message.contains("the path has 104 bytes, a Unix socket's may have 103") == true)
        let clientError = await #expect(throws: OperatorError.self) {
            try await ControlClient(runDirectory: longest + "d", timeout: .seconds(60)).status()
        }
        #expect(clientError?.code == .invalid)
    }

    @Test("a run directory that does not exist is named")
    func noDirectory() async {
        let error = await #expect(throws: OperatorError.self) { try await bind("/nonexistent") }
        #expect(error?.code == .cannotListen)
        #expect(error?.message.contains("/nonexistent/control.sock: the directory does not exist") == true)
    }

    @Test("where no gateway runs, the client says where it looked and how to start one")
    func notRunning() async throws {
        let directory = try TemporaryDirectory()
        let server = try await bind(directory)
        let path = server.socketPath
        await server.close()
        let error = await #expect(throws: OperatorError.self) {
            try await ControlClient(runDirectory: directory.path, timeout: .seconds(60)).status()
        }
        let message =
            "no gateway is running with run directory \(directory.path) (looked for \(path)); "
            + "start it with `gatewarden run --run-dir \(directory.path)` or give --run-dir"
        #expect(error == OperatorError(code: .notRunning, message: message))
    }

    @Test("a gateway that does not answer is given up")
    func timeout() async throws {
        let directory = try TemporaryDirectory()
        let server = try await bind(directory)
        let error = await #expect(throws: OperatorError.self) {
            try await ControlClient(runDirectory: directory.path, timeout: .milliseconds(200)).status()
        }
        #expect(error?.code == .timedOut)
        await server.close()
    }

    private func withClient(
        _ gateway: FakeGateway = FakeGateway(),
        _ body: (ControlClient, FakeGateway) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let server = try await ControlServer.bind(runDirectory: directory.path, gateway: gateway, logger: .silent)
        try await running(server) {
            try await body(ControlClient(runDirectory: directory.path, timeout: .seconds(60)), gateway)
        }
    }

    private func bind(_ directory: TemporaryDirectory) async throws(OperatorError) -> ControlServer {
        try await bind(directory.path)
    }

    private func bind(_ path: String) async throws(OperatorError) -> ControlServer {
        try await ControlServer.bind(runDirectory: path, gateway: FakeGateway(), logger: .silent)
    }

    private func refused(_ directory: TemporaryDirectory, _ reason: String) -> OperatorError {
        OperatorError(code: .cannotListen, message: "cannot listen on \(directory.path)/control.sock: \(reason)")
    }
}
