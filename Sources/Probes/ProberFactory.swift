public import AsyncHTTPClient
public import NIOCore

/// Makes the prober that answers a configured kind of probe, from what all probers share.
public struct ProberFactory: Sendable {
    private let client: HTTPClient
    private let eventLoopGroup: any EventLoopGroup

    /// Makes a factory.
    ///
    /// - Parameters:
    ///   - client: A client made with ``HTTPProber/clientConfiguration``; its owner shuts it down after the last probe.
    ///   - eventLoopGroup: Runs the connections of TCP probes.
    public init(client: HTTPClient, eventLoopGroup: any EventLoopGroup) {
        self.client = client
        self.eventLoopGroup = eventLoopGroup
    }

    /// Makes the prober for a kind of probe.
    ///
    /// - Parameters:
    ///   - kind: The question that the probe asks.
    ///   - isAlive: Tells whether the child's process exists; used by ``ProbeConfiguration/Kind/alive`` only.
    /// - Returns: A prober for that kind.
    public func prober(
        for kind: ProbeConfiguration.Kind,
        isAlive: @escaping @Sendable () async -> Bool
    ) -> any Prober {
        switch kind {
        case .alive: AliveProber(isAlive: isAlive)
        case .tcp(let host, let port): TCPProber(host: host, port: port, eventLoopGroup: eventLoopGroup)
        case .http(let probe): HTTPProber(probe, client: client)
        }
    }
}
