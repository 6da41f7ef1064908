import Exposition

extension MetricRegistry {
    /// The registry in a format, the text format 0.0.4 unless another one is named.
    func text(_ format: ExpositionFormat = ExpositionFormat(.text0)) -> String {
        var buffer: [UInt8] = []
        format.write(self, into: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The lines of a format that are samples.
    func samples(_ format: ExpositionFormat = ExpositionFormat(.text0)) -> [String] {
        text(format).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
}
