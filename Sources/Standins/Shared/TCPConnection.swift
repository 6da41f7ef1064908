import Glibc
public import NIOCore
import NIOPosix

/// An outgoing TCP connection whose errors read as those of Go's `net` package.
///
/// Reading is for one task at a time; writing is for any.
public final class TCPConnection: Sendable {
    /// Both ends, as Go writes them: `127.0.0.1:34030->127.0.0.1:14601`.
    public let ends: String

    private let channel: any Channel
    private let reader: NIOLoopBound<ByteReader>

    /// Connects; waits at most ten seconds.
    ///
    /// - Parameters:
    ///   - remote: where to
    ///   - group: the event loops to use
    /// - Returns: the connection, which the caller closes
    /// - Throws: for example `dial tcp 127.0.0.1:9092: connect: connection refused`
    public static func dial(_ remote: HostPort, on group: any EventLoopGroup) async throws(StandinError)
        -> TCPConnection
    {
        do {
            let (channel, reader) = try await ClientBootstrap(group: group)
                .channelOption(.autoRead, value: false)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(10))
                .connect(host: remote.effectiveHost, port: remote.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let reader = ByteReader()
                        try channel.pipeline.syncOperations.addHandler(reader)
                        return (channel, NIOLoopBound(reader, eventLoop: channel.eventLoop))
                    }
                }
            return TCPConnection(channel, reader, remote: remote)
        } catch let failure as NIOConnectionError {
            let refusals = failure.connectionErrors.compactMap { $0.error as? IOError }
            throw dialFailure(remote, refusals.first.map { GoText.errno($0.errnoCode) } ?? "no such host")
        } catch let failure as IOError {
            throw dialFailure(remote, GoText.errno(failure.errnoCode))
        } catch {
            throw dialFailure(remote, "i/o timeout")
        }
    }

    /// The error of a refused connection, for a state that is provoked.
    ///
    /// - Parameter remote: where the connection would have gone
    /// - Returns: the same words as a real refusal
    public static func refusal(of remote: HostPort) -> StandinError {
        dialFailure(remote, GoText.errno(ECONNREFUSED))
    }

    /// Writes all bytes; returns when the kernel has them.
    ///
    /// - Parameter bytes: what to write
    /// - Throws: `write tcp ...: write: broken pipe` where the peer is gone
    public func write(_ bytes: ByteBuffer) async throws(StandinError) {
        do {
            try await channel.writeAndFlush(bytes)
        } catch let failure as IOError {
            throw StandinError("write tcp \(ends): write: \(GoText.errno(failure.errnoCode))")
        } catch {
            throw StandinError("write tcp \(ends): write: broken pipe")
        }
    }

    /// Writes all bytes without waiting; where that fails, the next read finds the end of the connection.
    ///
    /// - Parameter bytes: what to write
    public func send(_ bytes: ByteBuffer) {
        let written = channel.writeAndFlush(bytes)
        written.whenFailure { [channel] _ in channel.close(promise: nil) }
    }

    /// The next bytes of the peer; cancelling the task closes the connection.
    ///
    /// - Returns: nothing at the end, or when the connection broke
    public func read() async -> ByteBuffer? {
        let (channel, reader) = (channel, reader)
        return await withTaskCancellationHandler {
            let next = channel.eventLoop.flatSubmit { reader.value.read(from: channel) }
            // The reader never fails its promises; a loop that is shut down ends the connection as well.
            return (try? await next.get()) ?? nil
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Closes the connection; later reads find its end.
    public func close() {
        channel.close(promise: nil)
    }

    private init(_ channel: any Channel, _ reader: NIOLoopBound<ByteReader>, remote: HostPort) {
        self.channel = channel
        self.reader = reader
        let local = channel.localAddress.flatMap { address in
            address.port.map { HostPort(host: address.ipAddress ?? "", port: $0).description }
        }
        ends = "\(local ?? "?")->\(remote)"
    }

    private static func dialFailure(_ remote: HostPort, _ reason: String) -> StandinError {
        StandinError("dial tcp \(remote): connect: \(reason)")
    }
}
