/// Receives what a parser reads, entry by entry, in the order of the text.
///
/// Everything that a visitor is given points into the parsed bytes and is valid only during the call: what is to be kept
/// must be copied (``ExpositionText/string``). A visitor has seen every entry above a mistake when a parser throws, so
/// its result counts only when the whole text was read.
public protocol ExpositionVisitor {
    /// One sample.
    ///
    /// - Parameter sample: Name, labels, value, timestamp and exemplar.
    mutating func sample(_ sample: ExpositionSample)

    /// What a family of samples means to the scraper.
    ///
    /// - Parameters:
    ///   - type: The declared type.
    ///   - family: The family's name.
    mutating func type(_ type: ExpositionType, of family: ExpositionText)

    /// The description of a family.
    ///
    /// - Parameters:
    ///   - text: The description; may be empty.
    ///   - family: The family's name.
    mutating func help(_ text: ExpositionText, of family: ExpositionText)

    /// The unit of a family, which only OpenMetrics names.
    ///
    /// - Parameters:
    ///   - unit: The end of the family's name, such as `seconds`; may be empty.
    ///   - family: The family's name.
    mutating func unit(_ unit: ExpositionText, of family: ExpositionText)
}

extension ExpositionVisitor {
    /// Ignores the type.
    public mutating func type(_ type: ExpositionType, of family: ExpositionText) {}

    /// Ignores the description.
    public mutating func help(_ text: ExpositionText, of family: ExpositionText) {}

    /// Ignores the unit.
    public mutating func unit(_ unit: ExpositionText, of family: ExpositionText) {}
}
