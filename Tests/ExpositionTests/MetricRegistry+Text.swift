import Exposition

extension MetricRegistry {
    /// The registry in the text format.
    func text() -> String {
        var buffer: [UInt8] = []
        ExpositionFormat(.text0).write(self, into: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The lines of the text format that are samples.
    func samples() -> [String] {
        text().split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
}
