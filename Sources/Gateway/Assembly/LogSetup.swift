import GatewayConfiguration
import Glibc
import JSONLogging
import Logging

/// The gateway's log: where lines go and in which form.
struct LogSetup: Sendable {
    /// Writes without ever blocking its callers.
    let writer: LogWriter
    /// The level, and who may change it.
    let level: RuntimeLogLevel
    /// What no line shows.
    var secrets: SecretRegistry { sink.secrets }
    private let sink: LogSink

    init(_ section: LoggingSection, environment: [String: String]) throws(JSONLoggingError) {
        let form: LogForm =
            switch section.format {
            case .json: .json
            case .text: .text(Self.textStyle(environment))
            }
        writer = try LogWriter(
            descriptor: STDERR_FILENO,
            form: form,
            destination: Self.destination(section.output, environment)
        )
        let configured = try Logger.Level(configurationName: section.level.rawValue)
        let sink = LogSink(writer: writer, levels: LogLevelControl(configured), foldWindow: section.foldWindow)
        self.sink = sink
        level = RuntimeLogLevel(sink.levels, configured: configured, clock: ContinuousClock()) { plan in
            Logger(label: "gateway") { LogLineHandler(label: $0, sink: sink) }
                .notice("Log level is as configured again", metadata: ["log_level": "\(plan.level)"])
        }
    }

    /// Lets every library of this process log the same way.
    ///
    /// To be called once in a process, before anything logs.
    func bootstrap() {
        LoggingSystem.bootstrap { [sink] in LogLineHandler(label: $0, sink: sink) }
    }

    /// Takes over what can change while the gateway runs: the level.
    func follow(_ section: LoggingSection) {
        // Validation accepts the names of levels only.
        guard let configured = try? Logger.Level(configurationName: section.level.rawValue) else { return }
        level.follow(configured: configured)
    }

    /// Writes what is left in a given time, and ends the log; blocks.
    func close(timeout: Duration) {
        level.close()
        sink.close()
        writer.close(timeout: timeout)
    }

    /// Makes the logger of one part of the gateway.
    ///
    /// - Parameters:
    ///   - component: the part's name.
    ///   - level: the least severe level of this part; nil follows the level of the whole gateway.
    ///   - isFolded: whether what repeats is held back; false for lines whose pace the part keeps itself.
    /// - Returns: a logger.
    func makeLogger(_ component: String, atLeast level: Logger.Level? = nil, isFolded: Bool = true) -> Logger {
        var handler = LogLineHandler(label: component, sink: sink)
        handler.isFolded = isFolded
        var logger = Logger(label: component) { [handler] _ in handler }
        if let level { logger.logLevel = level }
        return logger
    }

    private static func destination(
        _ output: LoggingSection.Output,
        _ environment: [String: String]
    ) -> LogDestination {
        switch output {
        case .stderr: .stream
        case .prefixed: .prefixedStream
        case .journal: .journal(socket: LogDestination.journalSocket)
        case .auto:
            LogDestination.isJournal(STDERR_FILENO, variable: environment["JOURNAL_STREAM"])
                ? .journal(socket: LogDestination.journalSocket) : .stream
        }
    }

    private static func textStyle(_ environment: [String: String]) -> TextStyle {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let colours = TextStyle.usesColours(
            isTerminal: isTerminal,
            noColor: environment["NO_COLOR"],
            terminal: environment["TERM"]
        )
        return TextStyle(colours: colours, columns: isTerminal ? terminalColumns : nil)
    }

    /// The width of the terminal at this moment: a window may be resized.
    @Sendable
    private static func terminalColumns() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
