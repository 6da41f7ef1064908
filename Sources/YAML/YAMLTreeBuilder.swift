/// Turns the grammar's events into one tree, expanding aliases within the limits.
struct YAMLTreeBuilder {
    /// A finished node with its size, so that an alias costs no walk through what it stands for.
    private struct Subtree {
        let node: YAMLNode
        let nodes: Int
        let depth: Int
    }

    /// A collection whose end has not been seen yet.
    private struct Frame {
        let isMapping: Bool
        let mark: YAMLMark
        let anchor: String?
        let tag: String?
        var elements: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var pendingKey: YAMLNode?
        var nodes = 1
        var depth = 1
    }

    /// The document's root once it has been read.
    private(set) var root: YAMLNode?
    private let limits: YAMLLimits
    private var frames: [Frame] = []
    private var anchors: [String: Subtree] = [:]
    private var nodes = 0
    private var documents = 0

    /// Makes a builder without a document.
    init(limits: YAMLLimits) {
        self.limits = limits
    }

    /// Takes the next event.
    ///
    /// - Returns: True once the stream has ended.
    /// - Throws: `YAMLError` for a second document, an unknown alias, or a limit exceeded.
    mutating func accept(_ next: (event: YAMLEvent, mark: YAMLMark)) throws(YAMLError) -> Bool {
        let mark = next.mark
        switch next.event {
        case .streamStart, .documentEnd: break
        case .streamEnd: return true
        case .documentStart: try beginDocument(at: mark)
        case .alias(let name): try add(expansion(of: name, at: mark))
        case .scalar(let scalar, let anchor, let tag):
            let subtree = Subtree(node: YAMLNode(.scalar(scalar), mark: mark, tag: tag), nodes: 1, depth: 0)
            remember(subtree, as: anchor)
            try add(subtree)
        case .sequenceStart(let anchor, let tag):
            try open(Frame(isMapping: false, mark: mark, anchor: anchor, tag: tag))
        case .mappingStart(let anchor, let tag):
            try open(Frame(isMapping: true, mark: mark, anchor: anchor, tag: tag))
        case .sequenceEnd, .mappingEnd: try close()
        }
        return false
    }

    private mutating func beginDocument(at mark: YAMLMark) throws(YAMLError) {
        documents += 1
        guard documents == 1 else {
            throw YAMLError(.severalDocuments, at: mark, "a second document begins here; only one is accepted")
        }
    }

    private mutating func open(_ frame: Frame) throws(YAMLError) {
        frames.append(frame)
        // A name given anew must not mean the older node while the newer one is still open.
        if let anchor = frame.anchor { anchors[anchor] = nil }
        try requireDepth(frames.count, at: frame.mark)
    }

    private mutating func close() throws(YAMLError) {
        guard let frame = frames.popLast() else { return }
        let content: YAMLNode.Content = frame.isMapping ? .mapping(frame.entries) : .sequence(frame.elements)
        let node = YAMLNode(content, mark: frame.mark, tag: frame.tag)
        let subtree = Subtree(node: node, nodes: frame.nodes, depth: frame.depth)
        remember(subtree, as: frame.anchor)
        // Its children have been counted one by one.
        nodes -= frame.nodes - 1
        try add(subtree)
    }

    private mutating func add(_ subtree: Subtree) throws(YAMLError) {
        nodes += subtree.nodes
        guard nodes <= limits.maximumNodes else {
            let message = "more than \(limits.maximumNodes) nodes after expanding aliases; write less or split the file"
            throw YAMLError(.limit, at: subtree.node.mark, message)
        }
        try requireDepth(frames.count + subtree.depth, at: subtree.node.mark)
        guard let last = frames.indices.last else {
            root = subtree.node
            return
        }
        frames[last].nodes += subtree.nodes
        frames[last].depth = max(frames[last].depth, subtree.depth + 1)
        if !frames[last].isMapping {
            frames[last].elements.append(subtree.node)
        } else if let key = frames[last].pendingKey {
            frames[last].entries.append(YAMLEntry(key: key, value: subtree.node))
            frames[last].pendingKey = nil
        } else {
            frames[last].pendingKey = subtree.node
        }
    }

    private func requireDepth(_ depth: Int, at mark: YAMLMark) throws(YAMLError) {
        guard depth <= limits.maximumDepth else {
            let message = "collections nest deeper than \(limits.maximumDepth) levels"
            throw YAMLError(.limit, at: mark, message)
        }
    }

    private mutating func remember(_ subtree: Subtree, as anchor: String?) {
        if let anchor { anchors[anchor] = subtree }
    }

    private func expansion(of name: String, at mark: YAMLMark) throws(YAMLError) -> Subtree {
        guard let subtree = anchors[name] else {
            let message = "the alias *\(name)* names no anchor that is finished above it"
            throw YAMLError(.unknownAlias, at: mark, message)
        }
        let node = YAMLNode(subtree.node.content, mark: mark, tag: subtree.node.tag)
        return Subtree(node: node, nodes: subtree.nodes, depth: subtree.depth)
    }
}
