import ProcessControl
import Testing

@testable import Probes

@Suite("Log line prober")
struct LogLineProberTests {
    private static let waiting = ProbeFailure(code: .lineMissing, message: "log: no line contains \"ready\" yet")

    private static func failed(_ line: String) -> ProbeFailure {
        ProbeFailure(code: .lineOfFailure, message: "log: the process has written \"\(line)\"")
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var probe = LogProbe(contains: "ready", failsOn: "already in use")
        var lines: [String]
        var failure: ProbeFailure?
        var testDescription: String { name }
    }

    @Test(
        "the latest line that means something decides",
        arguments: [
            Row(name: "nothing was written", lines: [], failure: waiting),
            Row(name: "other lines", lines: ["starting", "", "read y"], failure: waiting),
            Row(name: "the text at the end of a line", lines: ["starting", "is ready"]),
            Row(name: "the whole line", lines: ["ready"]),
            Row(name: "a beginning of the text before it", lines: ["rereready"]),
            Row(name: "lines after it", lines: ["ready", "working"]),
            Row(name: "other case", lines: ["READY"], failure: waiting),
            Row(name: "failure", lines: ["port already in use"], failure: failed("port already in use")),
            Row(
                name: "failure after success",
                lines: ["ready", "port already in use", "bye"],
                failure: failed("port already in use")
            ),
            Row(name: "success after failure", lines: ["port already in use", "ready"]),
            Row(
                name: "both in one line",
                probe: LogProbe(contains: "connected", failsOn: "disconnected"),
                lines: ["disconnected"],
                failure: failed("disconnected")
            ),
            Row(
                name: "no text of failure",
                probe: LogProbe(contains: "ready"),
                lines: ["ready", "port already in use"]
            ),
            Row(name: "umlauts", probe: LogProbe(contains: "läuft"), lines: ["der Fluß läuft jetzt"]),
            Row(name: "any line", probe: LogProbe(contains: ""), lines: ["x"]),
        ]
    )
    func lines(_ row: Row) async {
        let target = ProbeTarget.test(.log(row.probe))
        for line in row.lines { target.write(line) }
        #expect(await LogLineProber(row.probe, latch: target.log).failure() == row.failure)
    }

    @Test(
        "an adopted process counts as having said what it was waited for, unless it has said more since",
        arguments: [
            Row(name: "nothing", lines: []),
            Row(name: "other lines", lines: ["working"]),
            Row(name: "failure", lines: ["port already in use"], failure: failed("port already in use")),
        ]
    )
    func adopted(_ row: Row) async {
        for isHeardBefore in [true, false] {
            let target = ProbeTarget.test(.log(row.probe))
            if !isHeardBefore { target.noteAdoption() }
            for line in row.lines { target.write(line) }
            if isHeardBefore { target.noteAdoption() }
            #expect(await LogLineProber(row.probe, latch: target.log).failure() == row.failure)
        }
    }

    @Test("a long line of failure is cut in the message")
    func longLine() async {
        let probe = LogProbe(contains: "ready", failsOn: "broken")
        let target = ProbeTarget.test(.log(probe))
        target.write("broken" + String(repeating: "x", count: 60_000))
        let expected = "log: the process has written \"broken" + String(repeating: "x", count: 194) + "...\""
        #expect(await LogLineProber(probe, latch: target.log).failure()?.message == expected)
    }

    @Test("each probe of a process looks for its own text, on both streams")
    func several() async {
        let (first, second) = (LogProbe(contains: "started"), LogProbe(contains: "ready"))
        let target = ProbeTarget.test(.log(first), .alive, .log(second), .log(second))
        target.noteOutput(OutputLine(stream: .stderr, text: "started"))
        #expect(await LogLineProber(first, latch: target.log).failure() == nil)
        #expect(await LogLineProber(second, latch: target.log).failure() == Self.waiting)
    }

    @Test("lines are not looked at where no probe reads them")
    func none() {
        #expect(ProbeTarget.test(.alive).log == nil)
    }
}
