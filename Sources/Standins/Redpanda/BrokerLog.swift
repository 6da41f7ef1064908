import Standins

/// The broker's log in the form of Seastar's logger, on standard error.
enum BrokerLog {
    /// Writes a line about the ordinary course of things.
    ///
    /// - Parameters:
    ///   - logger: the name of the logger and the source line, for example `main - application.cc:493`
    ///   - message: what happened
    static func info(_ logger: String, _ message: String) {
        write("INFO ", logger, message)
    }

    /// Writes a line about a failure.
    ///
    /// - Parameters:
    ///   - logger: the name of the logger and the source line
    ///   - message: what failed
    static func error(_ logger: String, _ message: String) {
        write("ERROR", logger, message)
    }

    /// Writes the line of a reactor that did not get back to its loop for a while.
    ///
    /// - Parameter milliseconds: how long
    static func stall(milliseconds: Int) {
        LineSink.standardError.write(
            "Reactor stalled for \(milliseconds) ms on shard 0. Backtrace: 0x6b2c8d3 0x6b1f2a1 0x7d0c6f"
        )
    }

    private static func write(_ level: String, _ logger: String, _ message: String) {
        LineSink.standardError.write("\(level) \(Timestamp.seastar()) [shard 0:main] \(logger) - \(message)")
    }
}
