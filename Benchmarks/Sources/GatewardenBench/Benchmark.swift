internal import ArgumentParser

/// A group of measurements that is made together; the words of `--only`.
enum Benchmark: String, CaseIterable, ExpressibleByArgument {
    case idle
    case lifecycle
    case restart
    case recovery
    case binary
    case scrape
    case readers
    case engine
    case exposition
    case scale
    case store
    case flood
    case flows
    case parser
    case soak

    /// What is measured where nothing is named: all but the soak, which takes minutes.
    static let usual = allCases.filter { $0 != .soak }

    /// Makes the measurements of the product.
    func measureProduct(_ session: Session) throws {
        switch self {
        case .idle: try IdleBenchmark.measure(session.product, session)
        case .lifecycle:
            try LifecycleBenchmark.measure(session.product, session)
            try ReadinessBenchmark.measure(session)
        case .restart: try RestartBenchmark.measure(session.product, session)
        case .recovery: try RecoveryBenchmark.measure(session)
        case .binary: try BinaryBenchmark.measure(session)
        case .scrape: try ScrapeBenchmark.measure(session)
        case .readers: try ReadersBenchmark.measure(session)
        case .engine: try EngineBenchmark.measure(session)
        case .exposition: try ExpositionBenchmark.measure(session)
        case .scale: try ScaleBenchmark.measure(session)
        case .store: try StoreBenchmark.measure(session)
        case .flood: try FloodBenchmark.measure(session)
        case .flows: try FlowsBenchmark.measure(session)
        case .parser: try ParserBenchmark.measure(session)
        case .soak: try SoakBenchmark.measure(session)
        }
    }

    /// Makes those measurements of a peer that it can be compared by.
    func measurePeer(_ peer: any Supervisor, _ session: Session) throws {
        switch self {
        case .idle: try IdleBenchmark.measure(peer, session)
        case .lifecycle: try LifecycleBenchmark.measure(peer, session)
        case .restart: try RestartBenchmark.measure(peer, session)
        case .recovery, .binary, .scrape, .readers, .engine, .exposition, .scale, .store, .flood, .flows, .parser,
            .soak:
            break
        }
    }
}
