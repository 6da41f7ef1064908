import Dispatch
import Standins
import Synchronization

/// Messages made up at an interval.
actor GenerateSource: MessageSource {
    private let interval: Duration
    private let limit: Int
    private let mapping: FlowMapping
    private var made = 0
    private var due = ContinuousClock.now

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - interval: as configured: a duration, `@every` and a duration, or nothing for as fast as possible
    ///   - count: the number of messages; zero for no end
    ///   - mapping: what a message holds
    /// - Throws: where the interval is no duration
    init(interval: String, count: Int, mapping: String) throws(StandinError) {
        let text = interval.hasPrefix("@every ") ? String(interval.dropFirst(7)) : interval
        do throws(StandinError) {
            self.interval = text.isEmpty ? .zero : try GoDuration.parse(text)
        } catch {
            let words = text.split(separator: " ").count
            throw StandinError(
                "failed to parse interval as duration string: \(error), or as cron expression: "
                    + "expected 5 to 6 fields, found \(words): [\(interval)]"
            )
        }
        limit = count
        self.mapping = FlowMapping(mapping)
    }

    func connect() {}

    func next() async throws(FlowFault) -> FlowMessage? {
        if limit > 0, made >= limit { return nil }
        if made > 0, interval > .zero {
            due = max(due + interval, .now - interval)
            // A cancelled pause means that no message is wanted any more.
            guard (try? await Task.sleep(until: due)) != nil else { return nil }
        } else if made == 0 {
            due = .now
        }
        if Task.isCancelled { return nil }
        made += 1
        do throws(StandinError) {
            return try mapping.apply(to: nil, count: made)
        } catch {
            throw .failed(error.message)
        }
    }
}

/// The lines of standard input.
struct StandardInputSource: MessageSource {
    private typealias Waiter = CheckedContinuation<FlowMessage?, Never>

    func connect() {}

    func next() async throws(FlowFault) -> FlowMessage? {
        let reader = Reader()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { reader.start($0) }
        } onCancel: {
            reader.finish(nil)
        }
    }

    /// Reads one line on a thread that may block; a reader that is not waited for any longer loses its line.
    private final class Reader: Sendable {
        private let waiter = Mutex<Waiter?>(nil)

        func start(_ continuation: Waiter) {
            waiter.withLock { $0 = continuation }
            if Task.isCancelled { return finish(nil) }
            DispatchQueue.global().async { self.finish(readLine().map(FlowMessage.init)) }
        }

        func finish(_ message: FlowMessage?) {
            waiter.withLock { waiter in
                defer { waiter = nil }
                return waiter
            }?.resume(returning: message)
        }
    }
}

/// The lines of some files, one after the other.
actor FileSource: MessageSource {
    private var paths: [String]
    private var lines: [Substring] = []

    /// Makes a source.
    ///
    /// - Parameter paths: the files
    init(paths: [String]) {
        self.paths = paths
    }

    func connect() {}

    func next() async throws(FlowFault) -> FlowMessage? {
        while lines.isEmpty {
            guard let path = paths.first else { return nil }
            do throws(StandinError) {
                let text = String(decoding: try FileText.read(path), as: UTF8.self)
                lines = text.split(whereSeparator: \.isNewline)
            } catch {
                throw .failed(error.message)
            }
            paths.removeFirst()
        }
        return FlowMessage(text: String(lines.removeFirst()))
    }
}
