import Synchronization

@testable import OperatorHTTP

/// Remembers what a server has told.
final class RecordingObserver: ServerObserver {
    struct Record {
        var paths: [String] = []
        var opened = 0
        var closed = 0
        var refused = 0
        var requests: [String] = []
        var renderings = 0
        var outcomes: [String] = []
    }

    private let record = Mutex(Record())

    var seen: Record { record.withLock { $0 } }
    var outcomes: [String] { seen.outcomes }

    func serves(paths: [String], other: String) { record.withLock { $0.paths = paths + [other] } }
    func connectionOpened() { record.withLock { $0.opened += 1 } }
    func connectionClosed() { record.withLock { $0.closed += 1 } }
    func connectionRefused() { record.withLock { $0.refused += 1 } }
    func requestAnswered(path: String, status: Int) { record.withLock { $0.requests.append("\(path) \(status)") } }
    func expositionRendered(in duration: Duration) { record.withLock { $0.renderings += 1 } }

    func accessRead(_ outcome: AccessOutcome) {
        let text =
            switch outcome {
            case .applied(let access): access.headers.first?.value ?? ""
            case .kept(let reason): "kept: \(reason)"
            }
        record.withLock { $0.outcomes.append(text) }
    }
}
