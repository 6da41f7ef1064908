/// Two durations of one section of which the second may not be below the first.
struct DurationOrder {
    let lower: Setting<Duration>
    let upper: Setting<Duration>

    /// Reports an upper duration below the lower one, at the place of the one that is written.
    ///
    /// - Parameters:
    ///   - object: The section.
    ///   - path: The section's path.
    ///   - owner: The place of what contains the section, for where neither is written.
    ///   - problems: Where to report.
    func check(
        _ object: ConfigurationObject,
        path: String,
        owner: ConfigurationSource,
        problems: inout ProblemList
    ) {
        let (lowest, highest) = (object[lower], object[upper])
        guard highest < lowest else { return }
        let (lowerName, upperName) = (lower.field.name, upper.field.name)
        let written = [upperName, lowerName].compactMap { object[$0]?.source }.first { $0 != .standard }
        problems.report(
            written ?? owner,
            "\(path).\(upperName)",
            "\(DurationText.format(highest)) is below \(lowerName), which is \(DurationText.format(lowest))"
        )
    }
}
