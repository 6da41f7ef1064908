import StandinsTesting
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
    private let ports = Mutex<[Port: PortLease]>([:])
    /// The programs end with the stage.
    private let programs = Mutex<[RunningProgram]>([])

    init(_ name: String) {
        fixture = Fixture(name: name)
    }

    /// The port that takes the place of a fixture's port.
    func port(_ port: Port) -> Int {
        ports.withLock { ports in
            let lease = ports[port] ?? PortLease()
            ports[port] = lease
            return lease.number
        }
    }

    /// A fixture's text with this stage's ports and folder.
    func own(_ text: String) -> String {
        var text = text.replacing("/usr/src/benthos", with: folder.path).replacing("/etc/flows", with: folder.path)
        for original in Port.allCases where text.contains(":\(original.rawValue)") {
            text = text.replacing(":\(original.rawValue)", with: ":\(port(original))")
        }
        return text
    }

    /// A program's text with the fixtures' ports and folders.
    func original(_ text: String) -> String {
        var text = text.replacing(folder.path + "/in.jsonl", with: "/usr/src/benthos/in.jsonl")
            .replacing(folder.path + "/doesnotexist", with: "/usr/src/benthos/doesnotexist")
            .replacing(folder.path, with: "/etc/flows")
        for (port, lease) in ports.withLock({ $0 }) {
            text = text.replacing(":\(lease.number)", with: ":\(port.rawValue)")
        }
        return Program.areReal ? Normal.unbranded(text) : text
    }

    /// Starts the flow of the fixture.
    ///
    /// - Parameters:
    ///   - change: changes the configuration
    ///   - program: the program that runs the flow
    ///   - input: the file that it reads as standard input
    ///   - arguments: the command line; `CONFIG` stands for the file
    ///   - provoked: opens the control endpoint, with this state at the start
    ///   - ignoring: a signal that is ignored from the start
    /// - Returns: the program, which ends with the stage
    /// - Throws: where it cannot be started
    @discardableResult
    func start(
        _ change: (String) -> String = { $0 },
        by program: Program = .flow,
        input: String = "/dev/null",
        arguments: [String] = ["run", "CONFIG"],
        provoked: String? = nil,
        ignoring: Int32? = nil
    ) throws -> RunningProgram {
        let file = folder.path + "/config.yaml"
        configure(change)
        var environment = ["HOME": folder.path]
        if let provoked {
            environment["STANDIN_CONTROL"] = "127.0.0.1:\(port(.control))"
            environment["STANDIN_STATE"] = provoked
        }
        let arguments = arguments.map { $0.replacing("CONFIG", with: file).replacing("FOLDER", with: folder.path) }
        let program = try RunningProgram(
            program, arguments, in: folder, environment: environment, input: input, ignoring: ignoring)
        programs.withLock { $0.append(program) }
        return program
    }

    /// Starts the flow of a fixture whose ends are `generate` and `drop`, and waits until all of it is up.
    func running(ignoring: Int32? = nil) async throws -> RunningProgram {
        let program = try start(ignoring: ignoring)
        try await eventually { program.output.contains("Output type drop is now active") }
        try await eventually { program.output.contains("Input type generate is now active") }
        try await waitForServer()
        return program
    }

    /// Writes the fixture's configuration, changed; the situations without a file are started without one.
    func configure(_ change: (String) -> String = { $0 }) {
        if let text = fixture.textIfAny("config.yaml") { folder.write("config.yaml", change(own(text))) }
    }

    /// Asks the flow's HTTP server.
    func get(_ path: String) async -> HTTPCall? {
        await HTTPCall.to(port(.http), path).map { call in
            HTTPCall(status: call.status, contentType: call.contentType, body: original(call.body))
        }
    }

    /// The value of a counter; nothing where it is missing.
    func counter(_ name: String) async -> Double? {
        await get("/metrics").flatMap { Normal.value(name, in: $0.body) }
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

    /// Waits until as much is under way, between which parts, as in a state of the fixture that takes nothing any more.
    func expectUnderWay(_ state: String) async throws {
        let expected = Normal.underWay(try fixture.text("metrics-\(state).txt"))
        try await eventually { await self.get("/metrics").map { Normal.underWay($0.body) } == expected }
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
