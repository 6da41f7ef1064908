/// What rendering may cost at most, over all children of one load.
///
/// Variables that repeat each other grow exponentially; with bounds on what they grow to, hostile ones cost
/// milliseconds.
package struct TemplateLimits: Sendable, Equatable {
    /// How many expressions may be evaluated: 20 for each of 10,000 processes.
    package var maximumExpressions = 200_000
    /// How many bytes values may take that are put in the place of expressions; four times the largest file.
    package var maximumBytes = 16 << 20
    /// How many bytes children may take from templates and files, each use counted: some 25 KiB for each of 10,000 flows.
    package var maximumBorrowedBytes = 256 << 20
    /// How many variables may refer to each other in a row.
    package var maximumReferences = 32
    /// How deep values may nest once they are rendered; as deep as YAML may.
    package var maximumDepth = 64

    /// Makes the standard limits.
    package init() {}
}

/// What rendering has cost so far.
package struct TemplateBudget: Sendable {
    /// What it may cost at most.
    package let limits: TemplateLimits
    private var expressions = 0
    private var bytes = 0
    private var borrowedBytes = 0
    private var isExhausted = false

    /// Makes a budget of which nothing is used.
    package init(limits: TemplateLimits = TemplateLimits()) {
        self.limits = limits
    }

    /// Takes one expression off.
    ///
    /// - Throws: `TemplateRejection.problem` where there is none left, and `.reported` from then on.
    mutating func takeExpression() throws(TemplateRejection) {
        expressions += 1
        if isExhausted || expressions > limits.maximumExpressions {
            throw exhaust("more than \(limits.maximumExpressions) expressions are evaluated; write fewer of them")
        }
    }

    /// Takes what a value needs off.
    ///
    /// - Throws: `TemplateRejection.problem` where there is not enough left, and `.reported` from then on.
    mutating func take(_ count: Int) throws(TemplateRejection) {
        bytes += count
        if isExhausted || bytes > limits.maximumBytes {
            throw exhaust(
                "variables expand to more than \(limits.maximumBytes) bytes in total; let them repeat each other less"
            )
        }
    }

    /// Takes a copy of what stands in a template or a file off.
    ///
    /// - Throws: `TemplateRejection.problem` where there is not enough left, and `.reported` from then on.
    mutating func take(copyOf node: RawNode) throws(TemplateRejection) {
        borrowedBytes += node.cost
        let limit = limits.maximumBorrowedBytes
        if isExhausted || borrowedBytes > limit {
            throw exhaust("templates and files expand to more than \(limit) bytes in total; use fewer or smaller ones")
        }
    }

    /// Refuses values that nest too deep.
    func checkDepth(_ depth: Int) throws(TemplateRejection) {
        guard depth <= limits.maximumDepth else {
            let levels = "deeper than \(limits.maximumDepth) levels"
            throw .problem("lists and mappings nest \(levels) once variables are in place")
        }
    }

    private mutating func exhaust(_ message: String) -> TemplateRejection {
        defer { isExhausted = true }
        return isExhausted ? .reported : .problem(message)
    }
}

extension RawNode {
    /// What a copy takes: the bytes of its texts and, for each node, as much as a node takes with its place.
    fileprivate var cost: Int {
        let node = 128
        switch content {
        case .rejected: return node
        case .scalar(let text, _): return node + text.utf8.count
        case .sequence(let elements): return elements.reduce(node) { $0 + $1.cost }
        case .mapping(let entries): return entries.reduce(node) { $0 + $1.name.utf8.count + $1.value.cost }
        }
    }
}
