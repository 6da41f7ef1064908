public import Logging
internal import Synchronization

/// The log level of the whole process, changeable while it runs.
///
/// Every handler reads it on each statement: one relaxed load, no lock. A logger whose own level was set keeps that.
public final class LogLevelControl: Sendable {
    private let rank: Atomic<Int>

    /// Makes a control.
    ///
    /// - Parameter level: The least severe level to log at first.
    public init(_ level: Logger.Level = .info) {
        rank = Atomic(level.rank)
    }

    /// The least severe level that is logged; any thread may read and set it.
    public var level: Logger.Level {
        get { Logger.Level.allCases[rank.load(ordering: .relaxed)] }
        set { rank.store(newValue.rank, ordering: .relaxed) }
    }
}

extension Logger.Level {
    /// Reads a level's name as it stands in configuration files and on command lines.
    ///
    /// - Parameter configurationName: `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`, in any case.
    /// - Throws: `JSONLoggingError` with `.unknownLevel` for any other text.
    public init(configurationName: String) throws(JSONLoggingError) {
        guard let level = Logger.Level(rawValue: configurationName.lowercased()) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONLoggingError(.unknownLevel, "\"\(configurationName)\" is not a log level; use one of \(names).")
        }
        self = level
    }

    /// The position from `trace` (0) to `critical` (6).
    var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .notice: 3
        case .warning: 4
        case .error: 5
        case .critical: 6
        }
    }
}
