/// One observation that a sample counts, with what leads to its trace or log: a view like the sample it belongs to.
public struct ExpositionExemplar {
    /// The labels in the order of the text; not read before they are iterated.
    public let labels: ExpositionLabels
    /// What was observed.
    public let value: Double
    /// Milliseconds since 1970, where the text gives them; like ``ExpositionSample/timestamp``.
    public let timestamp: Int64?
}
