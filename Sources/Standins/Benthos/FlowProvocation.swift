import Glibc
import Standins
import Synchronization

/// What is provoked on the flow beyond what really happens.
final class FlowProvocation: Sendable {
    /// What happens at an end of the flow.
    enum EndState: String, Sendable {
        case ok
        /// The connection breaks, and no other comes up.
        case lost
        /// The configuration is reloaded, and the connection of the new output breaks.
        case reloaded
        /// No connection comes up; the words for a flow that has not connected yet.
        case never
        /// Writing does not return.
        case hang
        /// The other end answers with the HTTP status 500.
        case error500
    }

    private struct State {
        var input = EndState.ok
        var output = EndState.ok
        var isBrokerGone = false
        var mappingFails = false
        var lag: Int?
    }

    /// Closed while the output hangs.
    let outputGate = Gate(isOpen: true)
    /// Open while the broker is gone.
    let brokerGone = Gate(isOpen: false)

    private let state = Mutex(State())

    /// The state of the input.
    var input: EndState { state.withLock(\.input) }
    /// The state of the output.
    var output: EndState { state.withLock(\.output) }
    /// Whether every mapping fails.
    var mappingFails: Bool { state.withLock(\.mappingFails) }

    /// The lag that an input shows, whatever is true.
    var lag: Int? { state.withLock(\.lag) }

    /// The state as the control endpoint shows it.
    var json: JSONValue {
        state.withLock { state in
            .object([
                "input": .string(state.input.rawValue),
                "output": .string(state.output.rawValue),
                "broker": .string(state.isBrokerGone ? "gone" : "ok"),
                "mapping": .string(state.mappingFails ? "fail" : "ok"),
                "lag": state.lag.map { .integer($0) } ?? .null,
            ])
        }
    }

    /// Applies changes of the control endpoint, all or none.
    ///
    /// - Parameter changes: keys and values; `reconnect` is another word for `ok`
    /// - Throws: where one of them is unknown
    func provoke(_ changes: [String: JSONValue]) throws(StandinError) {
        let (new, exitCode) = try state.withLock { state throws(StandinError) in
            var (new, exitCode) = (state, Int?.none)
            for (key, value) in changes {
                switch (key, value) {
                case ("input", .string(let name)): new.input = try Self.end(name, of: [.ok, .lost, .never])
                case ("output", .string(let name)):
                    new.output = try Self.end(name, of: [.ok, .lost, .reloaded, .never, .hang, .error500])
                case ("broker", .string("gone")): new.isBrokerGone = true
                case ("broker", .string("ok")): new.isBrokerGone = false
                case ("mapping", .string("fail")): new.mappingFails = true
                case ("mapping", .string("ok")): new.mappingFails = false
                case ("lag", .integer(let messages)) where messages >= 0: new.lag = messages
                case ("lag", .null): new.lag = nil
                case ("crash", .integer(let code)) where (0...255).contains(code): exitCode = code
                default: throw StandinError("cannot provoke \(key) = \(value.text)")
                }
            }
            state = new
            return (new, exitCode)
        }
        new.output == .hang ? outputGate.close() : outputGate.open()
        new.isBrokerGone ? brokerGone.open() : brokerGone.close()
        if let exitCode { Self.crash(exitCode) }
    }

    private static func end(_ name: String, of allowed: [EndState]) throws(StandinError) -> EndState {
        guard let state = EndState(rawValue: name == "reconnect" ? "ok" : name), allowed.contains(state) else {
            throw StandinError("cannot provoke \(name); possible: \(allowed.map(\.rawValue).joined(separator: ", "))")
        }
        return state
    }

    /// Ends the process as a crash does: beyond 128 by a signal, else by an exit code.
    private static func crash(_ code: Int) {
        if code > 128 {
            signal(CInt(code - 128), SIG_DFL)
            raise(CInt(code - 128))
        }
        exit(CInt(code))
    }
}
