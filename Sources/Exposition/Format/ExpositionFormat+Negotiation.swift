extension ExpositionFormat {
    /// The format that a scraper wants most.
    ///
    /// Follows RFC 9110: for each format counts the most specific range that means it; weight 0 excludes. Of several
    /// formats with the highest weight one that a range names wins over one that only a wildcard means; among the named
    /// ones the order is OpenMetrics 1.0.0, its draft, text 0.0.4, text 1.0.0, among the others text 0.0.4 comes first. The
    /// parameter `escaping` excludes nothing: it says how to write, and an unknown one says nothing. A range that breaks
    /// the syntax is ignored.
    ///
    /// - Parameter accept: The value of the `Accept` header; several headers are joined with commas.
    /// - Returns: The format; text 0.0.4 without a header, and where nothing fits, like Prometheus' client libraries.
    public static func negotiated(accept: String?) -> ExpositionFormat {
        let ranges = MediaRange.list(accept ?? "")
        let wanted = Version.allCases.compactMap { $0.offer(for: ranges) }.filter { $0.quality > 0 }
        let best = wanted.max { left, right in
            (left.quality, left.rank) < (right.quality, right.rank)
        }
        return best?.format ?? ExpositionFormat(.text0)
    }
}

/// A format that ranges of an `Accept` header mean.
private struct Offer {
    var format: ExpositionFormat
    var quality: Double
    /// What decides between equal weights; the greater, the better.
    var rank: Int
}

extension ExpositionFormat.Version {
    /// What the most specific of the ranges say of this format; of several equals the one with the highest weight.
    fileprivate func offer(for ranges: [MediaRange]) -> Offer? {
        var best: (range: MediaRange, specificity: Int)?
        for range in ranges {
            guard let specificity = specificity(of: range) else { continue }
            if let best, (best.specificity, best.range.quality) >= (specificity, range.quality) { continue }
            best = (range, specificity)
        }
        guard let best else { return nil }
        let escaping = best.range.parameters["escaping"].flatMap { NameEscaping(rawValue: $0.lowercased()) }
        return Offer(
            format: ExpositionFormat(self, escaping: escaping ?? .underscores),
            quality: best.range.quality,
            rank: rank(isNamed: best.specificity >= Self.namedSpecificity)
        )
    }

    private func rank(isNamed: Bool) -> Int {
        let order: [Self] =
            isNamed
            ? [.text1, .text0, .openMetricsDraft, .openMetrics1] : [.text1, .openMetricsDraft, .openMetrics1, .text0]
        return (order.firstIndex(of: self) ?? 0) + (isNamed ? order.count : 0)
    }

    private static let namedSpecificity = 2

    /// How specific a range is, or `nil` where it does not mean this format: 0 for `*/*`, 1 for a type, 2 for a subtype,
    /// and one more for each parameter.
    private func specificity(of range: MediaRange) -> Int? {
        let isMeant = range.parameters.allSatisfy { name, value in
            switch name {
            case "version": value == number
            case "charset": value.lowercased() == "utf-8"
            case "escaping": true
            default: false
            }
        }
        guard isMeant else { return nil }
        let parameters = range.parameters.keys.count { $0 != "escaping" }
        switch (range.type, range.subtype) {
        case ("*", _): return 0
        case (_, "*"): return mediaType.hasPrefix("\(range.type)/") ? 1 : nil
        default: return mediaType == "\(range.type)/\(range.subtype)" ? Self.namedSpecificity + parameters : nil
        }
    }
}
