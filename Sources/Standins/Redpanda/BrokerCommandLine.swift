import Standins

/// What the command line of a broker asks for.
struct BrokerCommandLine: Equatable {
    /// The file named by `--redpanda-cfg`.
    var configuration = "/etc/redpanda/redpanda.yaml"
    /// The memory given to the broker in bytes.
    var memory = 1 << 30

    /// Flags with a value, of Redpanda, of Seastar below it, and of `rpk redpanda start`.
    private static let valued: Set<String> = [
        "--redpanda-cfg", "--config", "--memory", "-m", "--smp", "-c", "--reserve-memory", "--default-log-level",
        "--logger-log-level", "--mode", "--cpuset", "--io-properties-file", "--max-io-requests", "--lock-memory",
        "--unsafe-bypass-fsync", "--kernel-page-cache",
    ]
    private static let switches: Set<String> = ["--overprovisioned", "--check", "--abort-on-seastar-bad-alloc"]

    /// Reads the arguments behind the program's name.
    ///
    /// - Parameter arguments: `--flag value` or `--flag=value`
    /// - Throws: for an unknown flag, a missing value, or an amount of memory that is none
    init(_ arguments: [String]) throws(StandinError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let flag = parts[0]
            guard flag.hasPrefix("-") else {
                throw StandinError("too many positional options have been specified on the command line")
            }
            if Self.switches.contains(flag) || Self.isBareSwitch(flag, next: rest.first, inline: parts.count > 1) {
                continue
            }
            guard Self.valued.contains(flag) else { throw StandinError("unrecognised option '\(flag)'") }
            guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
                throw StandinError("the required argument for option '\(flag)' is missing")
            }
            try apply(flag, value)
        }
    }

    private mutating func apply(_ flag: String, _ value: String) throws(StandinError) {
        switch flag {
        case "--redpanda-cfg", "--config": configuration = value
        case "--memory", "-m":
            guard let bytes = Self.bytes(value) else { throw StandinError("Cannot parse memory size '\(value)'") }
            memory = bytes
        default: break
        }
    }

    /// `rpk` takes these with and without a value.
    private static func isBareSwitch(_ flag: String, next: String?, inline: Bool) -> Bool {
        ["--lock-memory", "--unsafe-bypass-fsync", "--kernel-page-cache"].contains(flag)
            && !inline && (next.map { $0.hasPrefix("-") } ?? true)
    }

    /// An amount of memory as Seastar writes it: digits and `k`, `M`, `G` or `T`, powers of 1,024.
    private static func bytes(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let shifts = ["": 0, "k": 10, "K": 10, "M": 20, "G": 30, "T": 40]
        guard let amount = Int(digits), amount < 1 << 20, let shift = shifts[String(text.dropFirst(digits.count))]
        else {
            return nil
        }
        return amount << shift
    }
}
