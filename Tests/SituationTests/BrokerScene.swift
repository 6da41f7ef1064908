import ProcessControl
import StandinsTesting
import Supervision
import Testing
import Workers
import YAML

/// The broker of a box, and the way to provoke what only a stand-in can be made to do.
struct BrokerScene {
    var properties: [String: BrokerProperty] = [:]
    /// The state that is provoked at each start.
    var provoked = "{}"
    /// Stands before the program's own command line.
    var wrapper: [String] = []
    let kafka = PortLease()
    let admin = PortLease()
    private let rpc = PortLease()
    private let control = PortLease()

    /// The broker as a child.
    func child(in folder: TemporaryFolder) throws -> ChildSpec {
        let program = try #require(Program.broker.path)
        let command = wrapper + [program] + Program.broker.words
        return ChildSpec(
            name: "broker",
            workerType: RedpandaWorker.type,
            configuration: RedpandaConfiguration(
                command: ProcessCommand(
                    program: command[0],
                    arguments: Array(command.dropFirst()),
                    environment: ProcessEnvironment(
                        declared: ["STANDIN_CONTROL": "127.0.0.1:\(control.number)", "STANDIN_STATE": provoked]
                    )
                ),
                resources: BrokerResources(memory: 1 << 30),
                document: BrokerDocument(
                    dataDirectory: folder.path + "/data",
                    kafka: listener(kafka),
                    admin: listener(admin),
                    rpc: listener(rpc)
                ),
                properties: properties,
                idleAfter: .seconds(2)
            ),
            startupGrace: .seconds(60)
        )
    }

    /// Provokes a state.
    func provoke(_ state: String) async throws {
        let call = try await answer { await HTTPCall.to(control.number, "/control", method: "PUT", body: state) }
        #expect(call.status == 200, "\(call.body)")
    }

    private func listener(_ lease: PortLease) -> BrokerDocument.Listener {
        BrokerDocument.Listener(host: "127.0.0.1", port: lease.number)
    }
}

extension Box {
    /// Waits until the broker's worker has seen something.
    @discardableResult
    func broker(shows isIt: @Sendable (RedpandaObservation) -> Bool) async throws -> RedpandaObservation {
        try await first { event in
            guard case .broker("broker", let observation) = event, isIt(observation) else { return nil }
            return observation
        }
    }

    /// Waits until a circuit opens.
    func opens() async throws -> CheckFailure {
        try await first { event in
            if case .opened(let failure) = event { failure } else { nil }
        }
    }

    /// Waits until all checks pass again.
    func recovers() async throws {
        try await first { event -> Void? in
            if case .recovered = event { () } else { nil }
        }
    }

    /// Waits for the start of a child's process, and returns its pid.
    func starts(_ name: String) async throws -> Int32 {
        try await first { event in
            if case .started(name, let pid) = event { pid } else { nil }
        }
    }

    /// Waits for the end of a child's process.
    func ends(_ name: String) async throws -> ProcessExit.Status {
        try await first { event in
            if case .ended(name, let status) = event { status } else { nil }
        }
    }
}
