import Exposition

/// The `gatewarden_config_*` families: how reloads of the configuration went.
struct ReloadMetrics: Sendable {
    /// How a reload ended: the values of the label `result`.
    enum Result: String, CaseIterable {
        /// All children do what the new configuration says.
        case success
        /// The configuration is wrong; nothing was changed.
        case refused
        /// The configuration was applied, and a child does not do what it says.
        case failed
    }

    private let reloads: MetricFamily<CounterSeries>
    private let isSuccess: GaugeSeries
    private let time: GaugeSeries

    /// - Parameters:
    ///   - registry: takes the families.
    ///   - startedAt: when the configuration was loaded for the first time, since 1970: a load that went well.
    /// - Throws: a name that breaks the rules: a mistake in the program.
    init(_ registry: MetricRegistry, startedAt: Duration) throws(ExpositionError) {
        reloads = try registry.counter(
            "gatewarden_config_reloads_total",
            help: "Reloads of the configuration by how they ended.",
            labels: ["result"]
        )
        isSuccess = try registry.gauge(
            "gatewarden_config_last_reload_success",
            help: "Whether the last load of the configuration went well."
        ).labels()
        time = try registry.gauge(
            "gatewarden_config_last_reload_timestamp_seconds",
            help: "When the configuration was loaded last, since 1970.",
            unit: "seconds"
        ).labels()
        for result in Result.allCases { try reloads.labels(result.rawValue) }
        isSuccess.set(1)
        time.set(startedAt / .seconds(1))
    }

    /// Notes a reload.
    ///
    /// - Parameters:
    ///   - result: how it ended.
    ///   - time: when it ended, since 1970.
    /// - Throws: a label that breaks the rules: a mistake in the program.
    func note(_ result: Result, at time: Duration) throws(ExpositionError) {
        try reloads.labels(result.rawValue).increment()
        isSuccess.set(result == .success ? 1 : 0)
        self.time.set(time / .seconds(1))
    }
}
