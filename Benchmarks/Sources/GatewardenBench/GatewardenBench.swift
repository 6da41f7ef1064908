internal import ArgumentParser
internal import CBenchmark
internal import Glibc

/// The command: measures a binary of the product as its user meets it.
@main
struct GatewardenBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatewarden-bench",
        abstract: "Measures a gatewarden binary; exits with 1 when a bar is missed or a measurement fails.",
        discussion: """
            The supervised program is a static one of a few lines of C; its first act is to report its name, pid and \
            CLOCK_MONOTONIC over a FIFO, so times end at a child's own clock.
            """
    )

    @Option(help: "The binary.")
    var gatewarden: String

    @Option(help: "Write the result as JSON.")
    var json: String?

    @Flag(help: "Measure s6, supervisord and client_golang too, where they are installed.")
    var peers = false

    @Option(parsing: .upToNextOption, help: "Measure only these.")
    var only: [Benchmark] = Benchmark.usual

    @Option(help: "How often each measurement is made.")
    var rounds = 5

    @Option(help: "Seconds of one look at an idle supervisor.")
    var window = 20

    @Option(help: "The folder with stand-ins called redpanda and benthos; by default standins beside the binary.")
    var standins: String?

    @Option(help: "Minutes of the soak, which lives at tenfold speed and is made only when it is named.")
    var minutes = 6

    func validate() throws {
        guard (1...1000).contains(rounds) else { throw ValidationError("--rounds must be from 1 to 1000") }
        guard (1...3600).contains(window) else { throw ValidationError("--window must be from 1 to 3600") }
        guard (1...600).contains(minutes) else { throw ValidationError("--minutes must be from 1 to 600") }
    }

    func run() throws {
        bench_note_interrupts()
        let loadBefore = Machine.load()
        let copy = try ProductCopy(of: gatewarden)
        defer { copy.remove() }
        let child = try Executables.child()
        let session = Session(
            product: Gatewarden(binary: copy.path),
            child: child,
            standins: standins ?? Executables.standins(beside: gatewarden),
            rounds: rounds,
            window: .seconds(window),
            soak: .seconds(minutes * 60)
        )
        let failures = measure(session)
        let report = Report(binary: gatewarden, machine: Machine(loadBefore: loadBefore), figures: session.figures)
        print(report.table())
        print(report.machine.summary)
        if let json { try TextFile.write(report.json(), to: json) }
        for failure in failures { print("FAILED \(failure)") }
        if report.isMissed || !failures.isEmpty { throw ExitCode(1) }
    }

    /// Makes the measurements; one that fails does not keep the others from being made.
    private func measure(_ session: Session) -> [String] {
        let supervisors = peers ? Executables.peers() : []
        var failures: [String] = []
        func attempt(_ benchmark: Benchmark, _ body: () throws -> Void) {
            guard bench_noted_interrupt() == 0 else { return }
            do { try body() } catch { failures.append("\(benchmark): \(error)") }
        }
        for benchmark in Benchmark.allCases where only.contains(benchmark) {
            attempt(benchmark) { try benchmark.measureProduct(session) }
            for peer in supervisors {
                attempt(benchmark) { try benchmark.measurePeer(peer, session) }
            }
            if peers, benchmark == .exposition { attempt(benchmark) { try ExpositionBenchmark.measurePeer(session) } }
        }
        return failures
    }
}
