import Exposition

/// The inputs or the outputs of a flow, each with its counters.
///
/// At most ``limit`` are kept apart; what further ones report is summed up in ``others``. Components with one path and one
/// label in several streams of a process are one component here.
public struct FlowComponents<Counters: FlowCounters>: Sendable, Equatable {
    /// One input or output.
    public struct Component: Sendable, Equatable {
        /// Where it stands in the configuration, such as `root.output.broker.outputs.0`; cut at 256 bytes.
        public let path: String
        /// The name that the configuration gives it, often empty; cut at 256 bytes.
        public let label: String
        /// What it has counted.
        public fileprivate(set) var counters: Counters
    }

    /// The number of components that are kept apart.
    public static var limit: Int { 64 }

    /// The components in the order in which they were reported first.
    public private(set) var list: [Component] = []
    /// The sums over all components beyond the limit; `nil` where there are none.
    public private(set) var others: Counters?

    init() {}

    /// Whether there are more components than are kept apart.
    public var isTruncated: Bool { others != nil }

    /// The sum of a counter over all components.
    ///
    /// - Parameter counter: The counter.
    /// - Returns: The sum over those components that report it, or `nil` where none does.
    public func total(_ counter: KeyPath<Counters, Int?>) -> Int? {
        all.compactMap { $0[keyPath: counter] }.saturatingSum
    }

    /// The counters of every component, and the sums of those beyond the limit.
    var all: [Counters] { list.map(\.counters) + (others.map { [$0] } ?? []) }

    /// Adds a value to a counter of the component that the labels name.
    mutating func add(_ value: Double, to counter: WritableKeyPath<Counters, Int?>, of labels: ExpositionLabels) {
        let (path, label) = (Self.text(labels["path"]), Self.text(labels["label"]))
        if let index = list.firstIndex(where: { $0.path == path && $0.label == label }) {
            list[index].counters.add(value, to: counter)
        } else if list.count < Self.limit {
            var counters = Counters()
            counters.add(value, to: counter)
            list.append(Component(path: path, label: label, counters: counters))
        } else {
            others = others ?? Counters()
            others?.add(value, to: counter)
        }
    }

    private static func text(_ text: ExpositionText?) -> String {
        text?.string.cut(toBytes: 256) ?? ""
    }
}
