import AsyncHTTPClient
import Exposition
import NIOCore

/// Scrapes a program's metrics and compares the values of some of them.
///
/// The whole text is read and must be correct, as it must be for Prometheus.
struct MetricProber: Prober {
    /// Bytes of a text, of which it must have fewer: a larger one is a failure and is not read to its end.
    static let bodyLimit = 4 * 1024 * 1024

    private let probe: MetricProbe
    private let exchange: HTTPExchange

    /// Makes a prober.
    ///
    /// - Parameters:
    ///   - probe: The metrics and the values that count as success.
    ///   - client: A client made with ``HTTPProber/clientConfiguration``; not shut down by the prober.
    init(_ probe: MetricProbe, client: HTTPClient) {
        self.probe = probe
        exchange = HTTPExchange(
            url: probe.url,
            accept: "text/plain; version=0.0.4",
            bodyLimit: Self.bodyLimit,
            client: client
        )
    }

    /// Scrapes once and compares.
    ///
    /// - Parameter timeout: Time from name resolution to the last byte of the text.
    /// - Throws: ``ProbeFailure`` that names the URL and the series that is missing or wrong.
    func probe(within timeout: Duration) async throws(ProbeFailure) {
        let answer = try await exchange.answer(within: timeout)
        guard answer.status == 200 else {
            throw failure(.unexpectedStatus, "status \(answer.status), expected 200")
        }
        guard !answer.isCut else {
            throw failure(.tooLarge, "the metrics have \(Self.bodyLimit >> 20) MiB or more")
        }
        let samples = try read(answer.body)
        guard samples.count > 0 else {
            throw failure(.noSeries, "no series matches \(probe.selector)")
        }
        if let offender = samples.offender {
            let message = "\(offender.series) is \(offender.value.inWords), expected \(probe.condition)"
            throw failure(.unexpectedValue, message)
        }
    }

    private func read(_ body: ByteBuffer) throws(ProbeFailure) -> SelectedSamples {
        var samples = SelectedSamples(probe)
        do throws(ExpositionParseError) {
            let result = body.withUnsafeReadableBytes { bytes in
                Result { () throws(ExpositionParseError) in
                    try TextExpositionParser().parse(bytes, into: &samples)
                }
            }
            try result.get()
        } catch {
            throw failure(.malformed, "not in the Prometheus text format: \(error)")
        }
        return samples
    }

    private func failure(_ code: ProbeFailure.Code, _ words: String) -> ProbeFailure {
        ProbeFailure(code: code, message: "\(exchange.title): \(words)")
    }
}
