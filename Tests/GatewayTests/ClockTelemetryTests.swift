import Exposition
import ProcessControl
import Supervision
import SupervisionTesting
import Synchronization
import Testing

@testable import Gateway

@Suite("ClockTelemetry")
struct ClockTelemetryTests {
    /// By how much the calendar is ahead.
    private final class Lead: Sendable {
        let value = Mutex(Duration.zero)
    }

    private let registry = MetricRegistry()
    private let clock = ManualClock()
    private let lead = Lead()
    private let log: RecordedLog
    private let telemetry: ClockTelemetry

    init() throws {
        log = try RecordedLog("clock")
        let telemetry = try ClockTelemetry(
            registry,
            now: { [clock] in clock.now },
            calendar: { [clock, lead] in clock.now.sinceStart + lead.value.withLock { $0 } },
            logger: log.logger
        )
        registry.collect { telemetry.collect(&$0) }
        self.telemetry = telemetry
    }

    private func tick(ahead: Duration) {
        lead.value.withLock { $0 = ahead }
        clock.advance(by: .milliseconds(100))
        telemetry.record(.ticked(delay: .zero, duration: .zero, overran: false, waitingActions: 0))
    }

    private func jumps(_ direction: String, _ count: Int) -> Bool {
        registry.samples.contains(#"gatewarden_clock_jumps_total{direction="\#(direction)"} \#(count)"#)
    }

    @Test("a clock that is set between two ticks is counted and told, both directions exist from the start")
    func jumps() throws {
        tick(ahead: .zero)
        #expect(jumps("forward", 0) && jumps("backward", 0))
        tick(ahead: .seconds(90))
        tick(ahead: .seconds(90))
        tick(ahead: .zero)
        tick(ahead: .seconds(-2))
        #expect(jumps("forward", 1) && jumps("backward", 2))
        let lines = try log.finish()
        #expect(lines.map(\.msg) == ["Clock jumped", "Clock jumped", "Clock jumped"])
        #expect(lines.map { $0.fields["direction"] } == ["forward", "backward", "backward"])
        #expect(lines.map { $0.fields["distance_ms"] } == [90_000, 90_000, 2000])
    }

    @Test("the kernel's account of the clock is shown as it is")
    func synchronized() {
        let shown = registry.samples.filter { $0.hasPrefix("gatewarden_clock_synchronized ") }
        let expected = KernelClock.isSynchronized.map { ["gatewarden_clock_synchronized \($0 ? 1 : 0)"] } ?? []
        #expect(shown == Set(expected))
    }
}
