import Supervision
import Testing
import Workers

@Suite("BrokerLogSignals")
struct BrokerLogSignalsTests {
    private let moment = Moment(sinceStart: .seconds(5))

    private func signals(_ lines: String...) -> BrokerLogSignals {
        var signals = BrokerLogSignals()
        for line in lines { signals.note(line, at: moment) }
        return signals
    }

    @Test("a broker that has started says so")
    func started() {
        let line =
            "INFO  2026-11-20 23:56:47,123 [shard 0:main] main - application.cc:2941 - Successfully started Redpanda!"
        #expect(signals(line).started == moment)
        #expect(signals("INFO  Starting Redpanda").started == nil)
    }

    @Test("an address in use is remembered for ten minutes")
    func addressInUse() {
        let line =
            "ERROR 2026-11-20 [shard 0:main] main - Failure during startup: std::__1::system_error "
            + "(error system:98, posix_listen failed for address 127.0.0.1:9092: Address already in use)"
        let signals = signals(line)
        #expect(signals.addressInUse(at: moment)?.text == line)
        #expect(signals.addressInUse(at: moment.advanced(by: .seconds(599))) != nil)
        #expect(signals.addressInUse(at: moment.advanced(by: .seconds(600))) == nil)
    }

    @Test(
        "a stall of more than half a second is trouble",
        arguments: [
            ("Reactor stalled for 612 ms on shard 0. Backtrace: 0x6b2c8d3", 612),
            ("Reactor stalled for 501 ms on shard 1, in scheduling group main.", 501),
            ("WARN  2026-11-20 [shard 0] seastar - Reactor stalled for 2047 ms on shard 0.", 2047),
            ("Reactor stalled for 500 ms on shard 0.", nil), ("Reactor stalled for 33 ms on shard 0.", nil),
            ("Reactor stalled for ever ms", nil), ("Reactor stalled for 600", nil),
            ("Reactor stalled for 600 s on", nil),
        ] as [(String, Int?)])
    func stall(line: String, milliseconds: Int?) {
        let signals = signals(line, "Reactor stalled for 40 ms on shard 0.")
        #expect(signals.reactorStall(at: moment)?.duration == milliseconds.map { .milliseconds($0) })
    }

    @Test("a stall is remembered for ten minutes")
    func stallMemory() {
        let signals = signals("Reactor stalled for 612 ms on shard 0.")
        #expect(signals.reactorStall(at: moment.advanced(by: .seconds(599)))?.at == moment)
        #expect(signals.reactorStall(at: moment.advanced(by: .seconds(600))) == nil)
    }
}
