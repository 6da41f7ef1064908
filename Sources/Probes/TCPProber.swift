public import NIOCore
import NIOPosix

/// Asks whether a TCP port accepts a connection, and closes it at once.
public struct TCPProber: Prober {
    private let host: String
    private let port: Int
    private let eventLoopGroup: any EventLoopGroup

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - host: Name or address.
    ///   - port: TCP port, 1...65535.
    ///   - eventLoopGroup: Runs the connection; not shut down by the prober.
    public init(host: String, port: Int, eventLoopGroup: any EventLoopGroup) {
        self.host = host
        self.port = port
        self.eventLoopGroup = eventLoopGroup
    }

    /// Connects once.
    ///
    /// - Parameter timeout: Time for name resolution and connection together.
    /// - Throws: ``ProbeFailure`` with ``ProbeFailure/Code/refused``, `unresolvable`, `unreachable`, `timedOut`,
    ///   `cancelled` or `other`.
    public func probe(within timeout: Duration) async throws(ProbeFailure) {
        let target = "TCP \(host):\(port)"
        do {
            try await connect(within: timeout)
        } catch {
            throw ProbeFailure.connection(target, error, timeout: timeout)
                ?? ProbeFailure(code: .other, message: "\(target): \(error)")
        }
    }

    private func connect(within timeout: Duration) async throws {
        let connection = ClientBootstrap(group: eventLoopGroup)
            .connectTimeout(TimeAmount(timeout))
            .connect(host: host, port: port)
        connection.whenSuccess { $0.close(promise: nil) }
        // A connection attempt cannot be cancelled, so the waiting is: the attempt ends on its own by its timeout, and
        // whatever it still brings is closed above.
        let answer = eventLoopGroup.next().makePromise(of: Void.self)
        connection.map { _ in }.cascade(to: answer)
        try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            answer.fail(CancellationError())
        }
    }
}
