import GatewayConfiguration
import Glibc
import JSONLogging
import Logging

/// The gateway's log: where lines go and in which form.
struct LogSetup: Sendable {
    /// Writes to standard error without ever blocking its callers.
    let writer: LogWriter
    /// What no line shows.
    var secrets: SecretRegistry { sink.secrets }
    private let sink: LogSink
    private let format: LoggingSection.Format
    private let usesColours: Bool

    init(_ section: LoggingSection, environment: [String: String]) throws(JSONLoggingError) {
        format = section.format
        usesColours = TextLogHandler.usesColours(
            isTerminal: isatty(STDERR_FILENO) == 1,
            noColor: environment["NO_COLOR"],
            terminal: environment["TERM"]
        )
        let notice: @Sendable (UInt64) -> [UInt8] =
            switch section.format {
            case .json: JSONLogHandler.dropNotice()
            case .text: TextLogHandler.dropNotice()
            }
        writer = try LogWriter(descriptor: STDERR_FILENO, dropNotice: notice)
        let level = try Logger.Level(configurationName: section.level.rawValue)
        sink = LogSink(writer: writer, levels: LogLevelControl(level))
    }

    /// Lets every library of this process log the same way.
    ///
    /// To be called once in a process, before anything logs.
    func bootstrap() {
        LoggingSystem.bootstrap { makeHandler($0) }
    }

    /// Takes over what can change while the gateway runs: the level.
    func follow(_ section: LoggingSection) {
        // Validation accepts the names of levels only.
        guard let level = try? Logger.Level(configurationName: section.level.rawValue) else { return }
        sink.levels.level = level
    }

    /// Makes the logger of one part of the gateway.
    ///
    /// - Parameters:
    ///   - component: the part's name.
    ///   - level: the least severe level of this part; nil follows the level of the whole gateway.
    /// - Returns: a logger.
    func makeLogger(_ component: String, atLeast level: Logger.Level? = nil) -> Logger {
        var logger = Logger(label: component) { makeHandler($0) }
        if let level { logger.logLevel = level }
        return logger
    }

    private func makeHandler(_ label: String) -> any LogHandler {
        switch format {
        case .json: JSONLogHandler(label: label, sink: sink)
        case .text: TextLogHandler(label: label, sink: sink, colours: usesColours)
        }
    }
}
