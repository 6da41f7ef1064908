@preconcurrency import Dispatch
import Glibc

/// Signals as a sequence: the default action is switched off, and each arrival is an element.
public struct SignalWatch: Sendable {
    /// The signals in order of arrival; of a burst, at most 16 wait.
    public let arrivals: AsyncStream<CInt>

    /// Starts watching; from now on the signals no longer end the process.
    ///
    /// - Parameter signals: numbers such as `SIGTERM`
    public init(_ signals: [CInt]) {
        let (stream, continuation) = AsyncStream.makeStream(of: CInt.self, bufferingPolicy: .bufferingOldest(16))
        let queue = DispatchQueue(label: "signals")
        let sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
        arrivals = stream
    }
}
