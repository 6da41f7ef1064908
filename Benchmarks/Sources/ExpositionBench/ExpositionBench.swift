/// Measures the metric registry, round after round, and prints one `name value` a line for each round.
///
/// Argument: the number of rounds. The figures that are compared with each other are measured in the same round.
@main
struct ExpositionBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2, let rounds = Int(arguments[1]), rounds > 0 else {
            print("usage: ExpositionBench ROUNDS")
            return
        }
        for _ in 0..<rounds {
            try UpdateFigures.measure()
            try ScrapeFigures.measure()
        }
    }

    /// Prints one figure.
    static func say(_ name: String, _ value: Double) {
        print(name, value)
    }
}
