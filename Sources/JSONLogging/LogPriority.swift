internal import Logging

extension Logger.Level {
    /// The priority of syslog(3) that the journal knows the level by; `trace` and `debug` are one there.
    var priority: Int {
        switch self {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
