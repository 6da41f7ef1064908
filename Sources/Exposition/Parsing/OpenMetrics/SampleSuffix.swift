/// What the name of a sample has after that of its family.
enum SampleSuffix: String, Hashable {
    case none = ""
    case total = "_total"
    case created = "_created"
    case bucket = "_bucket"
    case count = "_count"
    case sum = "_sum"
    case gaugeCount = "_gcount"
    case gaugeSum = "_gsum"
    case info = "_info"
}

extension ExpositionType {
    /// The suffixes that samples of the type have.
    var suffixes: [SampleSuffix] {
        switch self {
        case .counter: [.total, .created]
        case .gauge, .stateSet, .unknown: [.none]
        case .histogram: [.bucket, .count, .sum, .created]
        case .gaugeHistogram: [.bucket, .gaugeCount, .gaugeSum]
        case .summary: [.none, .count, .sum, .created]
        case .info: [.info]
        }
    }
}
