import JSONLogging
import Logging
import Testing

@Suite("WallTime")
struct WallTimeTests {
    @Test(
        "moments are RFC 3339 in UTC with milliseconds",
        arguments: [
            (.zero, "1970-01-01T00:00:00.000Z"), (.milliseconds(-1), "1969-12-31T23:59:59.999Z"),
            (.seconds(951_782_400), "2000-02-29T00:00:00.000Z"), (.seconds(4_107_542_400), "2100-03-01T00:00:00.000Z"),
            (.seconds(1_795_226_730) + .microseconds(123_999), "2026-11-21T02:05:30.123Z"),
            (.seconds(253_402_300_799), "9999-12-31T23:59:59.000Z"),
            (.seconds(Int64.max), "9999-12-31T23:59:59.000Z"), (.seconds(Int64.min), "0000-01-01T00:00:00.000Z"),
        ] as [(Duration, String)])
    func rfc3339(sinceEpoch: Duration, text: String) throws {
        let pipe = Pipe()
        let writer = try LogWriter(descriptor: pipe.writeEnd)
        let time = WallTime(sinceEpoch: sinceEpoch)
        LogSink(writer: writer, levels: LogLevelControl(), clocks: LogClocks(now: { time })).logger().info("m")
        writer.close(timeout: .seconds(10))
        #expect(pipe.lines().first?.hasPrefix("{\"ts\":\"\(text)\",") == true)
    }
}
