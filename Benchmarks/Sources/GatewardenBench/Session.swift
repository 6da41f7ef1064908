/// What the measurements share: the product, the supervised program, how often, and the figures so far.
final class Session {
    /// The children of the measurements that the bars speak of.
    static let childCount = 100

    let product: Gatewarden
    let child: String
    /// The folder with stand-ins called `redpanda` and `benthos`.
    let standins: String
    let rounds: Int
    let window: Duration
    /// How long the soak takes.
    let soak: Duration
    private(set) var figures: [Figure] = []

    /// Prepares a session.
    ///
    /// - Parameters:
    ///   - product: the binary under test.
    ///   - child: the supervised program.
    ///   - standins: the folder with the stand-ins.
    ///   - rounds: how often each measurement is made.
    ///   - window: how long an idle supervisor is watched each time.
    ///   - soak: how long the soak takes.
    init(product: Gatewarden, child: String, standins: String, rounds: Int, window: Duration, soak: Duration) {
        self.product = product
        self.child = child
        self.standins = standins
        self.rounds = rounds
        self.window = window
        self.soak = soak
    }

    /// Notes the samples of one measurement of one supervisor.
    func record(_ measure: Measure, of supervisor: any Supervisor, _ samples: [Double]) {
        record(measure, of: supervisor.name, isProduct: supervisor is Gatewarden, samples)
    }

    /// Notes the samples of one measurement of something that is no supervisor.
    func record(_ measure: Measure, of name: String, isProduct: Bool, _ samples: [Double]) {
        guard let summary = Summary(samples) else { return }
        figures.append(Figure(measure: measure, supervisor: name, summary: summary, isProduct: isProduct))
    }

    /// Runs a supervisor with fresh children for the duration of a measurement.
    ///
    /// - Parameters:
    ///   - supervisor: which.
    ///   - count: how many children.
    ///   - reports: how many of its processes report their start; nil for all children.
    ///   - body: the measurement.
    /// - Returns: what the measurement returns.
    /// - Throws: when they do not start, and what the measurement throws.
    func withRun<Result>(
        of supervisor: any Supervisor,
        count: Int = Session.childCount,
        reports: Int? = nil,
        _ body: (SupervisorRun) throws -> Result
    ) throws -> Result {
        let run = try SupervisorRun(supervisor, count: count, reports: reports ?? count, child: child)
        defer { run.close() }
        return try body(run)
    }
}
