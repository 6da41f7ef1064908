import Synchronization
import Testing

/// A fixture's situation with ports and folders of its own, so that any number of them can be played at once.
final class Stage: Sendable {
    /// The ports of the fixtures: the flow's HTTP server, its broker, and its other sides.
    enum Port: Int, CaseIterable {
        case http = 14195
        case broker = 14092
        case socketOutput = 14601
        case socketInput = 14602
        case httpOutput = 14605
        case control = 14999
    }

    let fixture: Fixture
    let folder = TemporaryFolder()
    private let ports: [Port: Int]
    /// The programs end with the stage.
    private let programs = Mutex<[RunningProgram]>([])

    init(_ name: String) async throws {
        fixture = Fixture(name: name)
        var ports: [Port: Int] = [:]
        for port in Port.allCases { ports[port] = FreePort.next() }
        self.ports = ports
    }

    /// The port that takes the place of a fixture's port.
    func port(_ port: Port) -> Int {
        ports[port] ?? port.rawValue
    }

    /// A fixture's text with this stage's ports and folder.
    func own(_ text: String) -> String {
        var text = text.replacing("/usr/src/benthos", with: folder.path).replacing("/etc/flows", with: folder.path)
        for (port, own) in ports { text = text.replacing(":\(port.rawValue)", with: ":\(own)") }
        return text
    }

    /// A program's text with the fixtures' ports and folders.
    func original(_ text: String) -> String {
        var text = text.replacing(folder.path + "/in.jsonl", with: "/usr/src/benthos/in.jsonl")
            .replacing(folder.path + "/doesnotexist", with: "/usr/src/benthos/doesnotexist")
            .replacing(folder.path, with: "/etc/flows")
        for (port, own) in ports { text = text.replacing(":\(own)", with: ":\(port.rawValue)") }
        return text
    }

    /// Starts the flow of the fixture.
    ///
    /// - Parameters:
    ///   - change: changes the configuration
    ///   - arguments: the command line; `CONFIG` stands for the file
    ///   - provoked: opens the control endpoint, with this state at the start
    ///   - ignoring: a signal that is ignored from the start
    /// - Returns: the program, which ends with the stage
    /// - Throws: where it cannot be started
    @discardableResult
    func start(
        _ change: (String) -> String = { $0 },
        arguments: [String] = ["run", "CONFIG"],
        provoked: String? = nil,
        ignoring: Int32? = nil
    ) throws -> RunningProgram {
        let file = folder.path + "/config.yaml"
        // The situations without a file are started without one.
        if let text = fixture.textIfAny("config.yaml") { folder.write("config.yaml", change(own(text))) }
        var environment: [String: String] = [:]
        if let provoked {
            environment = ["STANDIN_CONTROL": "127.0.0.1:\(port(.control))", "STANDIN_STATE": provoked]
        }
        let arguments = arguments.map { $0.replacing("CONFIG", with: file).replacing("FOLDER", with: folder.path) }
        let program = try RunningProgram(
            .benthos, arguments, in: folder, environment: environment, ignoring: ignoring)
        programs.withLock { $0.append(program) }
        return program
    }

    /// Asks the flow's HTTP server.
    func get(_ path: String) async -> HTTPCall? {
        await HTTPCall.to(port(.http), path).map { call in
            HTTPCall(status: call.status, contentType: call.contentType, body: original(call.body))
        }
    }

    /// The value of a counter; nothing where it is missing.
    func counter(_ name: String) async -> Double? {
        let line = await get("/metrics")?.body.split(separator: "\n").first { $0.hasPrefix(name + "{") }
        return line.flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    /// Provokes a state.
    func provoke(_ state: String) async throws {
        let call = try await answer { await HTTPCall.to(self.port(.control), "/control", method: "PUT", body: state) }
        #expect(call.status == 200, "\(call.body)")
    }

    /// Waits for the flow's HTTP server.
    func waitForServer() async throws {
        try await eventually { await self.get("/ping")?.body == "pong" }
    }

    /// Compares the metrics with those of a state of the fixture: families, types, help, labels and order.
    func expectMetrics(_ state: String) async throws {
        let expected = Normal.series(try fixture.text("metrics-\(state).txt"))
        let actual = Normal.series(try #require(await get("/metrics")).body)
        #expect(actual == expected, "\(fixture.name), \(state)")
    }

    /// Waits until `/ready` says word for word what it said in a state of the fixture.
    func expectReady(_ state: String) async throws {
        let expected = try fixture.ready(state)
        try await eventually { await self.get("/ready")?.status == expected.status }
        #expect(await get("/ready") == expected, "\(fixture.name), \(state)")
    }

    /// Compares the shapes of the log's lines with those of the fixture.
    func expectLog(_ program: RunningProgram, ignoring ignored: (String) -> Bool = { _ in false }) throws {
        let expected = Normal.lines(try fixture.text("stdout.log")).filter { !ignored($0) }
        #expect(Normal.lines(original(program.output)).filter { !ignored($0) } == expected, "standard output")
        let errors = Normal.lines(try fixture.text("stderr.log")).filter { !ignored($0) }
        #expect(Normal.lines(original(program.errors)).filter { !ignored($0) } == errors, "standard error")
    }
}
