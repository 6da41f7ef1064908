/// The Prometheus text format, version 0.0.4.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
public struct TextExposition {
    /// The value of the `Content-Type` header.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private var output: [UInt8]
    private var name: [UInt8] = []
    /// `le="…"` of each bucket of the family under way, `+Inf` last.
    private var bucketLabels: [[UInt8]] = []

    /// Replaces the contents of a buffer by everything that a registry exposes.
    ///
    /// Deterministic: families by name, series by labels. It blocks no update of a metric and may run on several
    /// threads at once; it takes as long as its collectors plus the formatting.
    ///
    /// - Parameters:
    ///   - registry: What to expose.
    ///   - buffer: Receives UTF-8; its capacity is reused.
    public static func write(_ registry: MetricRegistry, into buffer: inout [UInt8]) {
        var writer = TextExposition(output: [])
        swap(&writer.output, &buffer)
        writer.output.removeAll(keepingCapacity: true)
        registry.visit(&writer)
        swap(&writer.output, &buffer)
    }

    private init(output: [UInt8]) {
        self.output = output
    }

    private mutating func begin(_ suffix: StaticString, _ labels: [UInt8], extra: [UInt8] = []) {
        output.append(contentsOf: name)
        output.append(suffix)
        if !labels.isEmpty || !extra.isEmpty {
            output.append(UInt8(ascii: "{"))
            output.append(contentsOf: labels)
            if !labels.isEmpty, !extra.isEmpty { output.append(UInt8(ascii: ",")) }
            output.append(contentsOf: extra)
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: " "))
    }

    private mutating func end(_ value: Double) {
        NumberText.append(value, to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    private mutating func end(_ count: UInt64) {
        NumberText.append(count, to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    private mutating func append(help: String) {
        for byte in help.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): output.append("\\\\")
            case UInt8(ascii: "\n"): output.append("\\n")
            default: output.append(byte)
            }
        }
    }
}

extension TextExposition: SampleVisitor {
    mutating func family(_ descriptor: MetricDescriptor) {
        name = Array(descriptor.name.utf8)
        bucketLabels = (descriptor.bounds + [.infinity]).map { bound in
            var label = Array("le=\"".utf8)
            NumberText.append(bound, to: &label)
            label.append(UInt8(ascii: "\""))
            return label
        }
        output.append("# HELP ")
        output.append(contentsOf: name)
        output.append(" ")
        append(help: descriptor.help)
        output.append("\n# TYPE ")
        output.append(contentsOf: name)
        output.append(" ")
        output.append(contentsOf: descriptor.type.keyword.utf8)
        output.append("\n")
    }

    mutating func number(_ value: Double, labels: LabelSet) {
        begin("", labels.text)
        end(value)
    }

    mutating func histogram(_ snapshot: HistogramSnapshot, labels: LabelSet) {
        var cumulative: UInt64 = 0
        for (count, label) in zip(snapshot.counts, bucketLabels) {
            cumulative &+= count
            begin("_bucket", labels.text, extra: label)
            end(cumulative)
        }
        begin("_sum", labels.text)
        end(snapshot.sum)
        begin("_count", labels.text)
        end(cumulative)
    }
}

extension [UInt8] {
    /// Appends a literal without the detour over `String`.
    fileprivate mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }
}
