import Exposition

extension MetricRegistry {
    /// The lines of the text format that are samples.
    var samples: Set<String> {
        var buffer: [UInt8] = []
        ExpositionFormat(.text0).write(self, into: &buffer)
        let lines = String(decoding: buffer, as: UTF8.self).split(separator: "\n")
        return Set(lines.filter { !$0.hasPrefix("#") }.map(String.init))
    }
}
