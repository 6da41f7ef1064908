import Standins
import Synchronization

/// A number that only rises.
final class FlowCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// The number now.
    var value: Int { count.load(ordering: .relaxed) }

    /// Adds one.
    func increment() {
        count.add(1, ordering: .relaxed)
    }
}

/// A number that may fall.
final class FlowGauge: Sendable {
    private let current = Atomic<Int>(0)

    /// The number now.
    var value: Int { current.load(ordering: .relaxed) }

    /// Replaces the number.
    func set(_ value: Int) {
        current.store(value, ordering: .relaxed)
    }
}

/// Durations: their count and sum, counts by bucket, and quantiles over the latest.
final class FlowTiming: Sendable {
    /// What is known at one moment.
    struct Summary: Sendable, Equatable {
        var count = 0
        /// In nanoseconds.
        var sum: Int64 = 0
        /// Counts of durations up to each of `bounds`, cumulative.
        var buckets = [Int](repeating: 0, count: FlowTiming.bounds.count)
        /// The latest durations in nanoseconds, in no order.
        var latest: [Int64] = []

        /// The duration at a quantile by nearest rank, in nanoseconds; NaN without any.
        func quantile(_ quantile: Double) -> Double {
            guard !latest.isEmpty else { return .nan }
            let rank = Int((quantile * Double(latest.count)).rounded(.up))
            return Double(latest.sorted()[max(0, min(latest.count, rank) - 1)])
        }
    }

    /// The upper bounds of the buckets in seconds: the defaults of Prometheus' Go client.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// So many durations count for the quantiles.
    private static let window = 512
    private let state = Mutex(Summary())

    /// What is known now.
    var summary: Summary { state.withLock { $0 } }

    /// Adds a duration.
    func record(_ duration: Duration) {
        let nanoseconds = duration.nanoseconds
        state.withLock { state in
            if state.latest.count < Self.window {
                state.latest.append(nanoseconds)
            } else {
                state.latest[state.count % Self.window] = nanoseconds
            }
            state.count += 1
            state.sum += nanoseconds
            for (index, bound) in Self.bounds.enumerated() where Double(nanoseconds) <= bound * 1e9 {
                state.buckets[index] += 1
            }
        }
    }
}

/// All numbers of one flow, by name and labels.
///
/// Numbers are registered once and keep counting over a reload.
final class FlowMetrics: Sendable {
    /// One number.
    enum Instrument: Sendable {
        case counter(FlowCounter)
        case gauge(FlowGauge)
        case timing(FlowTiming)
    }

    private let families = Mutex<[String: [String: Instrument]]>([:])

    /// A counter of a component, made at the first call.
    func counter(_ name: String, _ place: ComponentPlace) -> FlowCounter {
        let instrument = instrument(name, Self.labels(place)) { .counter(FlowCounter()) }
        guard case .counter(let counter) = instrument else { preconditionFailure("\(name) is no counter") }
        return counter
    }

    /// A timing of a component, made at the first call.
    func timing(_ name: String, _ place: ComponentPlace) -> FlowTiming {
        let instrument = instrument(name, Self.labels(place)) { .timing(FlowTiming()) }
        guard case .timing(let timing) = instrument else { preconditionFailure("\(name) is no timing") }
        return timing
    }

    /// A gauge of a component's topic and its only partition, made at the first call.
    func lag(_ name: String, _ place: ComponentPlace, topic: String) -> FlowGauge {
        let labels = "label=\"\(place.label)\",partition=\"0\",path=\"\(place.path)\",topic=\"\(topic)\""
        let instrument = instrument(name, labels) { .gauge(FlowGauge()) }
        guard case .gauge(let gauge) = instrument else { preconditionFailure("\(name) is no gauge") }
        return gauge
    }

    /// All numbers in the order of their names, each with its series in the order of their labels.
    func snapshot() -> [(name: String, series: [(labels: String, instrument: Instrument)])] {
        families.withLock { families in
            families.sorted { $0.key < $1.key }.map { name, series in
                (name, series.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            }
        }
    }

    private func instrument(_ name: String, _ labels: String, make: () -> Instrument) -> Instrument {
        families.withLock { families in
            if let known = families[name]?[labels] { return known }
            let new = make()
            families[name, default: [:]][labels] = new
            return new
        }
    }

    private static func labels(_ place: ComponentPlace) -> String {
        "label=\"\(place.label)\",path=\"\(place.path)\""
    }
}
