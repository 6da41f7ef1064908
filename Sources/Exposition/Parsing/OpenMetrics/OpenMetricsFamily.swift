/// A family of an OpenMetrics text while its lines are read.
struct OpenMetricsFamily {
    /// What the rules look at in a sample.
    struct Sample {
        let suffix: SampleSuffix
        let labels: LabelKey
        let value: Double
        let seconds: Double?
        let hasExemplar: Bool
        let position: Int
    }

    /// A rule that is broken, and where.
    struct Violation {
        let problem: ExpositionParseError.Problem
        let position: Int
    }

    /// The name in its metadata.
    let name: [UInt8]
    /// Where its first line starts.
    let position: Int

    private var type: ExpositionType?
    private var hasHelp = false
    private var unitIsEmpty: Bool?
    private var sequence = SampleSequence()
    private var histogram: HistogramPoint?
    private var lastSample: Int?

    init(_ name: [UInt8], at position: Int) {
        self.name = name
        self.position = position
    }

    /// The names that no other family may have or use.
    var names: Set<[UInt8]> {
        Set((declaredType.suffixes + [.none]).map { name + $0.rawValue.utf8 })
    }

    private var declaredType: ExpositionType { type ?? .unknown }

    /// What a sample's name has after that of the family; `nil` where it is not one of the family's samples.
    func suffix(of sampleName: [UInt8]) -> SampleSuffix? {
        guard sampleName.starts(with: name) else { return nil }
        let rest = sampleName.dropFirst(name.count)
        return declaredType.suffixes.first { $0.rawValue.utf8.elementsEqual(rest) }
    }

    /// Takes a metadata line; returns the rule that it breaks.
    mutating func add(_ metadata: OpenMetricsRules.Metadata) -> ExpositionParseError.Problem? {
        guard lastSample == nil else { return .metadataAfterSamples }
        let isRepeated: Bool
        switch metadata {
        case .help:
            isRepeated = hasHelp
            hasHelp = true
        case .type(let type):
            isRepeated = self.type != nil
            self.type = type
        case .unit(let isEmpty):
            isRepeated = unitIsEmpty != nil
            unitIsEmpty = isEmpty
        }
        guard !isRepeated else { return .repeatedMetadata }
        let hasNoUnit = type == .info || type == .stateSet
        return hasNoUnit && unitIsEmpty == false ? .unitNotAllowed : nil
    }

    /// Takes a sample; returns the rule that it breaks, or that the samples before it do.
    mutating func add(_ sample: Sample) -> Violation? {
        if let problem = SampleRules(type: declaredType, family: name).problem(of: sample) {
            return Violation(problem: problem, position: sample.position)
        }
        let step = sequence.add(sample, of: metric(of: sample), isOrdered: type != .info)
        var earlier: Violation?
        switch step {
        case .refuse(let problem): return Violation(problem: problem, position: sample.position)
        case .repeatPoint: break
        case .beginPoint:
            earlier = finish()
            if type == .histogram || type == .gaugeHistogram { histogram = HistogramPoint() }
        case .continuePoint: break
        }
        lastSample = sample.position
        guard earlier == nil, step != .repeatPoint, let problem = histogram?.add(sample) else { return earlier }
        return Violation(problem: problem, position: sample.position)
    }

    /// Ends the samples; returns the rule that the last of them break.
    mutating func finish() -> Violation? {
        guard let lastSample, let problem = histogram?.finish() else { return nil }
        return Violation(problem: problem, position: lastSample)
    }

    /// The labels that tell one metric of the family from another.
    private func metric(of sample: Sample) -> LabelKey {
        switch (declaredType, sample.suffix) {
        // The labels of an info are its value.
        case (.info, _): .empty
        case (.summary, .none): sample.labels.removing(Array("quantile".utf8))
        case (.stateSet, _): sample.labels.removing(name)
        case (_, .bucket): sample.labels.removing(Array("le".utf8))
        default: sample.labels
        }
    }
}
