import Glibc
public import NIOCore

/// The way to provoke states at run time: an HTTP endpoint of its own, so that the command line and the program's own
/// endpoints stay those of the real program.
///
/// `STANDIN_CONTROL=host:port` switches it on; `GET /control` shows the provoked state, `PUT /control` changes it with a
/// JSON object. `STANDIN_STATE` holds such an object for the start.
public struct ControlEndpoint: Sendable {
    /// Applies one object of changes; throws where a key or a value is unknown, and then changes nothing.
    public typealias Change = @Sendable ([String: JSONValue]) throws(StandinError) -> Void

    private let address: HostPort?
    private let initial: String?
    private let state: @Sendable () -> JSONValue
    private let change: Change

    /// Makes the endpoint of a process' environment.
    ///
    /// - Parameters:
    ///   - environment: the process' variables
    ///   - state: what is provoked now
    ///   - change: applies changes
    public init(
        environment: [String: String],
        state: @escaping @Sendable () -> JSONValue,
        change: @escaping Change
    ) {
        address = environment["STANDIN_CONTROL"].flatMap { HostPort($0) }
        initial = environment["STANDIN_STATE"]
        self.state = state
        self.change = change
    }

    /// Applies `STANDIN_STATE`.
    ///
    /// - Throws: where it is not an object of known changes
    public func applyInitialState() throws(StandinError) {
        guard let initial else { return }
        guard case .object(let fields)? = JSONValue(parsing: initial) else {
            throw StandinError("STANDIN_STATE is not a JSON object: \(initial)")
        }
        try change(fields)
    }

    /// Listens until the task is cancelled; returns at once where the endpoint is off.
    ///
    /// - Parameter group: the event loops to use
    /// - Throws: where the port cannot be bound
    public func run(on group: any EventLoopGroup) async throws(StandinError) {
        guard let address else { return }
        let (state, change) = (state, change)
        try await HTTPListener(at: address, on: group) { question in
            guard question.path == "/control" else { return HTTPReply("404 page not found\n", status: 404) }
            guard question.method == "PUT" else { return .json(state().text) }
            guard case .object(let fields)? = JSONValue(parsing: question.body) else {
                return HTTPReply("the body is not a JSON object\n", status: 400)
            }
            do throws(StandinError) {
                try change(fields)
                return .json(state().text)
            } catch {
                return HTTPReply(error.message + "\n", status: 400)
            }
        }.run()
    }
}

extension [String: String] {
    /// The variables of this process.
    public static var processEnvironment: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let line = entry.pointee {
            let parts = String(cString: line).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            variables[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
            entry += 1
        }
        return variables
    }
}
