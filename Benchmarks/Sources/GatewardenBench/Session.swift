/// What the measurements share: the product, the supervised program, how often, and the figures so far.
final class Session {
    /// The children of the measurements that the bars speak of.
    static let childCount = 100

    let product: Gatewarden
    let child: String
    let rounds: Int
    let window: Duration
    private(set) var figures: [Figure] = []

    /// Prepares a session.
    ///
    /// - Parameters:
    ///   - product: the binary under test.
    ///   - child: the supervised program.
    ///   - rounds: how often each measurement is made.
    ///   - window: how long an idle supervisor is watched each time.
    init(product: Gatewarden, child: String, rounds: Int, window: Duration) {
        self.product = product
        self.child = child
        self.rounds = rounds
        self.window = window
    }

    /// Notes the samples of one measurement of one supervisor.
    func record(_ measure: Measure, of supervisor: any Supervisor, _ samples: [Double]) {
        guard let summary = Summary(samples) else { return }
        let isProduct = supervisor is Gatewarden
        figures.append(Figure(measure: measure, supervisor: supervisor.name, summary: summary, isProduct: isProduct))
    }

    /// Runs a supervisor with fresh children for the duration of a measurement.
    func withRun<Result>(
        of supervisor: any Supervisor,
        count: Int = Session.childCount,
        _ body: (SupervisorRun) throws -> Result
    ) throws -> Result {
        let run = try SupervisorRun(supervisor, count: count, child: child)
        defer { run.close() }
        return try body(run)
    }
}
