import Standins
import Synchronization

/// A source whose connection can be broken at will.
struct ProvokedSource: MessageSource {
    let source: any MessageSource
    let remote: HostPort
    let provocation: FlowProvocation

    func connect() async throws(StandinError) {
        if provocation.input != .ok { throw TCPConnection.refusal(of: remote) }
        try await source.connect()
    }

    func next() async throws(FlowFault) -> FlowMessage? {
        if provocation.input != .ok { throw .notConnected }
        return try await source.next()
    }

    func close() async {
        await source.close()
    }
}

/// A sink whose connection can be broken, stopped or refused at will.
final class ProvokedSink: MessageSink {
    private let sink: any MessageSink
    private let remote: HostPort
    private let provocation: FlowProvocation
    /// The first message fails over a broken connection; only the next one finds that there is none any more.
    private let hasBroken = Atomic(false)

    init(sink: any MessageSink, remote: HostPort, provocation: FlowProvocation) {
        self.sink = sink
        self.remote = remote
        self.provocation = provocation
    }

    var slots: Int { sink.slots }

    var backlog: Int { sink.backlog }

    var isReloaded: Bool { provocation.output == .reloaded }

    func connect() async throws(StandinError) {
        switch provocation.output {
        case .lost, .reloaded, .never: throw TCPConnection.refusal(of: remote)
        case .ok, .hang, .error500:
            try await sink.connect()
            hasBroken.store(false, ordering: .relaxed)
        }
    }

    func close() async {
        await sink.close()
    }

    func write(_ message: FlowMessage) async throws(FlowFault) {
        switch provocation.output {
        case .ok: try await sink.write(message)
        case .lost, .reloaded, .never:
            if hasBroken.exchange(true, ordering: .relaxed) { throw .notConnected }
            throw .failed("write tcp ->\(remote): write: broken pipe")
        case .error500: throw .failed("HTTP request returned unexpected response code (500): 500 Internal Server Error")
        case .hang:
            guard await provocation.outputGate.pass() else { throw .failed("context canceled") }
            try await sink.write(message)
        }
    }
}
