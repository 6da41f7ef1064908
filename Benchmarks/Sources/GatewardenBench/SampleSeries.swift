/// Values of one figure over time.
struct SampleSeries {
    private(set) var values: [Double] = []
    /// When each was read, in seconds.
    private var times: [Double] = []

    /// Adds a value; times rise.
    mutating func append(_ value: Double, at seconds: Double) {
        values.append(value)
        times.append(seconds)
    }

    /// How much the values have grown from the first sample to the last; 0 with less than two.
    ///
    /// The slope is the median of those of all pairs (Theil-Sen), which single samples in the middle of a restart do not
    /// move.
    var growth: Double {
        guard let first = times.first, let last = times.last else { return 0 }
        return slope * (last - first)
    }

    /// First, last and greatest value, and the slope, for a person.
    var summary: String {
        let texts = [values.first ?? 0, values.last ?? 0, values.max() ?? 0, slope * 3600].map {
            String(($0 * 100).rounded() / 100)
        }
        return "first \(texts[0]), last \(texts[1]), most \(texts[2]), slope \(texts[3]) an hour"
    }

    private var slope: Double {
        var slopes: [Double] = []
        for later in values.indices {
            for earlier in values.indices.prefix(later) where times[later] > times[earlier] {
                slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
            }
        }
        return Summary(slopes)?.median ?? 0
    }
}
