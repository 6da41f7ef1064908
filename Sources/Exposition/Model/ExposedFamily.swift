/// A family of metrics as a value, of any type that OpenMetrics knows; what a registry's own families are written from is
/// faster and knows fewer types.
public struct ExposedFamily: Sendable, Equatable {
    /// The name as OpenMetrics has it, without `_total` or `_info`; any text.
    public var name: String
    /// The type.
    public var type: ExpositionType
    /// The description; none is written where it is empty.
    public var help: String
    /// The unit, which the name must end in; none is written where it is empty.
    public var unit: String
    /// The samples in the order in which they are written.
    public var samples: [ExposedSample]

    /// Makes a family.
    ///
    /// - Parameters:
    ///   - name: The name as OpenMetrics has it, without `_total` or `_info`.
    ///   - type: The type.
    ///   - help: The description, if it is not empty.
    ///   - unit: The unit, if it is not empty.
    ///   - samples: The samples in the order in which they are written.
    public init(
        name: String, type: ExpositionType, help: String = "", unit: String = "", samples: [ExposedSample] = []
    ) {
        self.name = name
        self.type = type
        self.help = help
        self.unit = unit
        self.samples = samples
    }
}

/// One sample of a family.
public struct ExposedSample: Sendable, Equatable {
    /// What the name of the sample has after that of its family, such as `_total`.
    public var suffix: String
    /// Label names and values; written in the order of the names.
    public var labels: [String: String]
    /// The value.
    public var value: Double
    /// When the value was true, in seconds since 1970.
    public var timestamp: Double?
    /// An example of what the value counts, which only OpenMetrics shows.
    public var exemplar: ExposedExemplar?

    /// Makes a sample.
    ///
    /// - Parameters:
    ///   - suffix: What the name of the sample has after that of its family.
    ///   - labels: Label names and values.
    ///   - value: The value.
    ///   - timestamp: When the value was true, in seconds since 1970.
    ///   - exemplar: An example of what the value counts.
    public init(
        suffix: String, labels: [String: String] = [:], value: Double, timestamp: Double? = nil,
        exemplar: ExposedExemplar? = nil
    ) {
        self.suffix = suffix
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
        self.exemplar = exemplar
    }
}

/// One observation that stands for the others that a sample counts.
public struct ExposedExemplar: Sendable, Equatable {
    /// Label names and values, of 128 characters in all at most.
    public var labels: [String: String]
    /// What was observed.
    public var value: Double
    /// When it was observed, in seconds since 1970.
    public var timestamp: Double?

    /// Makes an exemplar.
    ///
    /// - Parameters:
    ///   - labels: Label names and values.
    ///   - value: What was observed.
    ///   - timestamp: When it was observed, in seconds since 1970.
    public init(labels: [String: String], value: Double, timestamp: Double? = nil) {
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}
