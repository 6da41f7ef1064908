internal import Compression
internal import Synchronization

/// Renders and codes expositions for any number of scrapers.
///
/// One is rendered at a time, on a thread of its own. Scrapes that ask for the same while it waits its turn share one; none
/// gets one that was begun before it asked.
final class ScrapeRenderer: Sendable {
    /// What a scrape asks for.
    struct Key: Hashable {
        let contentType: String
        let coding: ContentCoding
        /// Whether a small body may be sent as it is.
        let acceptsIdentity: Bool
    }

    /// Why there is no body.
    enum Failure: Error {
        /// Too many different ones are waited for.
        case busy
        /// It could not be coded.
        case notCoded(CompressionError)
    }

    private typealias Answer = Result<ScrapeBody, Failure>

    /// A body that is smaller than this gains nothing by compression.
    private static let smallestCoded = 1024
    /// How many different bodies may wait: formats times codings.
    private static let waiting = 16
    /// Some 500,000 series as text, or several million of them compressed.
    private static let heldBytes = 64 << 20

    private let batches = Mutex<[Key: [CheckedContinuation<Answer, Never>]]>([:])
    private let worker = SerialWorker(niceness: 0, limit: waiting)
    private let memory = ScrapeMemory(limit: heldBytes)
    private let observer: any ServerObserver

    /// - Parameter observer: Is told how long each rendering takes.
    init(observer: any ServerObserver) {
        self.observer = observer
    }

    /// How many scrapes wait for a rendering that has not begun.
    var waitingScrapes: Int { batches.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// Gives a body that is rendered after this call.
    ///
    /// - Parameters:
    ///   - key: What is asked for.
    ///   - rendition: Renders it.
    /// - Returns: The body, which other scrapes may have been given as well.
    /// - Throws: ``Failure`` where there is none.
    func body(_ key: Key, _ rendition: MetricsRendition) async throws(Failure) -> ScrapeBody {
        let answer: Answer = await withCheckedContinuation { continuation in
            let isFirst = batches.withLock { batches in
                batches[key, default: []].append(continuation)
                return batches[key]?.count == 1
            }
            guard isFirst else { return }
            let isTaken = worker.submit { [self] in
                let waiters = take(key)
                let answer = make(key, rendition)
                for waiter in waiters { waiter.resume(returning: answer) }
            }
            if !isTaken { for waiter in take(key) { waiter.resume(returning: .failure(.busy)) } }
        }
        return try answer.get()
    }

    private func take(_ key: Key) -> [CheckedContinuation<Answer, Never>] {
        batches.withLock { $0.removeValue(forKey: key) ?? [] }
    }

    private func make(_ key: Key, _ rendition: MetricsRendition) -> Answer {
        let begin = ContinuousClock.now
        let text = rendition.render()
        let isSmall = text.count < Self.smallestCoded && key.acceptsIdentity
        let coding = isSmall ? .identity : key.coding
        do throws(CompressionError) {
            let body = memory.hold(try coding.encode(text), coding: coding)
            observer.expositionRendered(in: ContinuousClock.now - begin)
            return .success(body)
        } catch {
            return .failure(.notCoded(error))
        }
    }
}
