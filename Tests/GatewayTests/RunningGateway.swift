import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

/// A gateway that a test has started, with all that it says.
final class RunningGateway: Sendable {
    /// What the gateway has told, in order.
    enum Event: Sendable {
        case log(LogLine)
        /// A line that is no log line.
        case other(OutputLine)
        case end(ProcessExit.Status)
    }

    let process: ChildProcess
    let runDirectory: FilePath
    private let reactor: ProcessReactor
    private let events: AsyncStream<Event>

    /// Starts the gateway on directories below a test's own.
    static func start(
        _ configuration: String,
        in directory: TestDirectory,
        environment: [String: String] = [:],
        arguments: [String] = [],
        collecting folder: FilePath? = nil
    ) async throws -> RunningGateway {
        let file = try directory.write("gateway.yaml", configuration)
        return try await start(
            executable: Binaries.gateway,
            arguments: ["run", "--config", file.string] + directories(directory.path) + arguments,
            runDirectory: directory.path.appending("run"),
            environment: environment,
            collected: folder.flatMap(CollectedLog.init(folder:)) ?? CollectedLog()
        )
    }

    /// The flags for directories below one of the test, and for a free port.
    static func directories(_ root: FilePath) -> [String] {
        [
            "--run-dir", root.appending("run").string, "--data-dir", root.appending("data").string,
            "--listen", "127.0.0.1:0",
        ]
    }

    /// Starts a program that becomes the gateway.
    static func start(
        executable: FilePath,
        arguments: [String],
        runDirectory: FilePath,
        environment: [String: String],
        collected: CollectedLog? = CollectedLog()
    ) async throws -> RunningGateway {
        let reactor = try ProcessReactor()
        let (events, sink) = AsyncStream.makeStream(of: Event.self)
        let process = try await reactor.spawn(
            ProcessSpec(
                executable: executable,
                arguments: arguments,
                environment: ProcessEnvironment(declared: environment).variables
            ),
            onOutput: { line in
                collected?.append(line)
                // What cannot be read as a log line is kept as it is: the tests look at it.
                sink.yield((try? LogLine(line.text)).map(Event.log) ?? .other(line))
            },
            onExit: {
                sink.yield(.end($0.status))
                sink.finish()
            }
        )
        return RunningGateway(process: process, runDirectory: runDirectory, reactor: reactor, events: events)
    }

    private init(process: ChildProcess, runDirectory: FilePath, reactor: ProcessReactor, events: AsyncStream<Event>) {
        self.process = process
        self.runDirectory = runDirectory
        self.reactor = reactor
        self.events = events
    }

    var control: ControlClient { ControlClient(runDirectory: runDirectory.string, timeout: .seconds(60)) }

    /// Waits for a log line; the lines before it are gone.
    @discardableResult
    func waitForLog(_ isIt: @Sendable (LogLine) -> Bool) async throws -> LogLine {
        for await event in events {
            switch event {
            case .log(let line): if isIt(line) { return line }
            case .other(let line): Issue.record("not a log line: \(line.text)")
            case .end(let status): throw Ended(status: status)
            }
        }
        throw Ended(status: .unknown)
    }

    /// Waits until children are ready; returns the pids with which they were started, by path.
    @discardableResult
    func waitUntilReady(_ paths: String...) async throws -> [String: Int32] {
        var missing = Set(paths)
        var pids: [String: Int32] = [:]
        while !missing.isEmpty {
            let line = try await waitForLog { $0.msg == "Process started" || $0.msg == "Child is ready" }
            guard let path = line.path else { continue }
            if let pid = line.pid { pids[path] = pid } else { missing.remove(path) }
        }
        return pids
    }

    /// Waits until the gateway listens, and returns the base of its URLs.
    func waitForAddress() async throws -> String {
        let line = try await waitForLog { $0.msg == "Gateway started" }
        return "http://\(try #require(line.listen))"
    }

    /// Waits for the gateway's end and returns how it ended.
    func waitForEnd() async -> ProcessExit.Status {
        for await event in events {
            if case .end(let status) = event { return status }
        }
        return .unknown
    }

    /// Asks the gateway to stop.
    func askToStop() {
        reactor.signal(.terminate, to: process)
    }

    /// Asks the gateway to stop and waits for its end.
    func stop() async -> ProcessExit.Status {
        askToStop()
        return await waitForEnd()
    }

    /// Kills the gateway, and nothing but the gateway.
    func kill() async {
        reactor.signal(.kill, to: process)
        _ = await waitForEnd()
    }

    /// The gateway ended while a test waited for it to say something.
    struct Ended: Error {
        let status: ProcessExit.Status
    }
}

/// Something that a test was to find is not there.
struct Missing: Error {
    let what: String
}

/// Runs a command of the product against a running gateway.
func run(_ gateway: RunningGateway, _ arguments: String...) async throws -> Program.Result {
    try await Program.run(Binaries.gateway, arguments + ["--run-dir", gateway.runDirectory.string])
}

/// Fetches a page.
func fetch(_ url: String) async throws -> (status: Int, body: String) {
    let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(60))
    let body = try await response.body.collect(upTo: 16 << 20)
    return (Int(response.status.code), String(buffer: body))
}
