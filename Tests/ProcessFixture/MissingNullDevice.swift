import Glibc
import ProcessControl

/// Starts a program where there is no /dev/null, and says what that program finds on its standard input.
enum MissingNullDevice {
    static func run() async throws {
        guard access("/dev/null", F_OK) < 0 else {
            Scenario.say("/dev/null is there")
            return
        }
        let reactor = try ProcessReactor()
        let (lines, sink) = AsyncStream.makeStream(of: String.self)
        _ = try await reactor.spawn(
            Scenario.shell("cat; echo end of input"),
            onOutput: { sink.yield($0.text) },
            onExit: { _ in sink.finish() }
        )
        for await line in lines { Scenario.say(line) }
        await reactor.shutdown()
    }
}
