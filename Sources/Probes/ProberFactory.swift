public import AsyncHTTPClient
public import NIOCore
public import ProcessControl

/// Makes the prober that answers a configured kind of probe, from what all probers share.
public struct ProberFactory: Sendable {
    private let client: HTTPClient
    private let eventLoopGroup: any EventLoopGroup
    private let reactor: ProcessReactor

    /// Makes a factory.
    ///
    /// - Parameters:
    ///   - client: A client made with ``HTTPProber/clientConfiguration``; its owner shuts it down after the last probe.
    ///   - eventLoopGroup: Runs the connections of TCP probes.
    ///   - reactor: Runs the commands of exec probes.
    public init(client: HTTPClient, eventLoopGroup: any EventLoopGroup, reactor: ProcessReactor) {
        self.client = client
        self.eventLoopGroup = eventLoopGroup
        self.reactor = reactor
    }

    /// Makes the prober for a kind of probe.
    ///
    /// - Parameters:
    ///   - kind: The question that the probe asks.
    ///   - target: The process that is probed; ``ProbeConfiguration/Kind/log`` needs one that was made with this probe.
    /// - Returns: A prober for that kind.
    public func prober(for kind: ProbeConfiguration.Kind, of target: ProbeTarget) -> any Prober {
        switch kind {
        case .alive: AliveProber(isAlive: target.isAlive)
        case .tcp(let host, let port): TCPProber(host: host, port: port, eventLoopGroup: eventLoopGroup)
        case .http(let probe): HTTPProber(probe, client: client)
        case .exec(let probe): ExecProber(probe, target: target, reactor: reactor)
        case .log(let probe): LogLineProber(probe, latch: target.log)
        case .notify(let descriptor): NotifyProber(descriptor: descriptor, latch: target.notification)
        case .metric(let probe): MetricProber(probe, client: client)
        }
    }

    /// Makes the prober of an address that belongs to no process of the gateway's.
    ///
    /// - Parameters:
    ///   - host: Name or address.
    ///   - port: TCP port, 1...65535.
    /// - Returns: A prober that connects, and closes the connection at once.
    public func connection(to host: String, port: Int) -> TCPProber {
        TCPProber(host: host, port: port, eventLoopGroup: eventLoopGroup)
    }
}
