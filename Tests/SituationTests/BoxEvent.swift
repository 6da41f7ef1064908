import ProcessControl
import Supervision
import Workers

/// Something that was seen of a box, in the order in which it happened; children bear their names.
enum BoxEvent: Sendable {
    /// A flow's worker has looked at it.
    case flow(String, BenthosObservation)
    /// A broker's worker has looked at it.
    case broker(String, RedpandaObservation)
    /// A connection's worker has looked at it.
    case connection(String, ConnectionObservation)
    /// A configuration did not hold, and the last good one was put back.
    case rolledBack(String, FlowRefusal)
    /// A worker's state machine moved.
    case state(String, to: String, reason: String?)
    /// A worker became ready, or ceased to be.
    case readiness(String, Bool)
    /// A process was started.
    case started(String, pid: Int32)
    /// A process has ended.
    case ended(String, ProcessExit.Status)
    /// A process has written a line.
    case wrote(String, String)
    /// A circuit opened.
    case opened(CheckFailure)
    /// All checks pass again.
    case recovered
}
