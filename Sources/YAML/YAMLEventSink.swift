import CYAML

/// libyaml's emitter with the text that it has written, owned and freed by this value.
struct YAMLEventSink: ~Copyable {
    /// How a scalar is to be written; the emitter quotes what cannot be written so.
    enum Style {
        /// Without quotes.
        case plain
        /// In quotes.
        case quoted
        /// As a block, line by line.
        case literal
    }

    private let emitter: UnsafeMutablePointer<yaml_emitter_t>
    private let output: UnsafeMutablePointer<[UInt8]>

    /// Prepares to write.
    ///
    /// - Throws: `YAMLError` where there is no memory for the emitter.
    init() throws(YAMLError) {
        let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
        emitter.initialize(to: yaml_emitter_t())
        guard yaml_emitter_initialize(emitter) == 1 else {
            emitter.deallocate()
            throw Self.outOfMemory
        }
        self.emitter = emitter
        output = .allocate(capacity: 1)
        output.initialize(to: [])
        yaml_emitter_set_unicode(emitter, 1)
        yaml_emitter_set_indent(emitter, 2)
        // Without a limit nothing is folded.
        yaml_emitter_set_width(emitter, -1)
        yaml_emitter_set_output(
            emitter,
            { context, bytes, count in
                guard let context, let bytes else { return 0 }
                let output = context.assumingMemoryBound(to: [UInt8].self)
                output.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                return 1
            },
            output
        )
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        output.deinitialize(count: 1)
        output.deallocate()
    }

    /// Begins the document.
    func begin() throws(YAMLError) {
        try emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
        try emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
    }

    /// Ends the document and gives its text.
    func end() throws(YAMLError) -> [UInt8] {
        try emit { yaml_document_end_event_initialize(&$0, 1) }
        try emit { yaml_stream_end_event_initialize(&$0) }
        return output.pointee
    }

    /// Writes a scalar.
    func scalar(_ text: String, _ style: Style) throws(YAMLError) {
        let style =
            switch style {
            case .plain: YAML_PLAIN_SCALAR_STYLE
            case .quoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
            case .literal: YAML_LITERAL_SCALAR_STYLE
            }
        var text = text
        guard let count = Int32(exactly: text.utf8.count) else {
            throw YAMLError(.limit, at: Self.start, "a text has 2 GiB or more; libyaml writes no longer ones")
        }
        let isEmitted = text.withUTF8 { utf8 in
            var event = yaml_event_t()
            // An empty buffer may have no address, which libyaml asserts against.
            let isMade =
                if let start = utf8.baseAddress {
                    yaml_scalar_event_initialize(&event, nil, nil, start, count, 1, 1, style)
                } else {
                    yaml_scalar_event_initialize(&event, nil, nil, "", 0, 1, 1, style)
                }
            return isMade == 1 && yaml_emitter_emit(emitter, &event) == 1
        }
        guard isEmitted else { throw Self.outOfMemory }
    }

    /// Begins a list.
    func beginSequence() throws(YAMLError) {
        try emit { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) }
    }

    /// Ends a list.
    func endSequence() throws(YAMLError) {
        try emit { yaml_sequence_end_event_initialize(&$0) }
    }

    /// Begins a mapping.
    func beginMapping() throws(YAMLError) {
        try emit { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE) }
    }

    /// Ends a mapping.
    func endMapping() throws(YAMLError) {
        try emit { yaml_mapping_end_event_initialize(&$0) }
    }

    /// Makes an event and hands it to the emitter, which frees it whatever becomes of it.
    private func emit(_ make: (inout yaml_event_t) -> Int32) throws(YAMLError) {
        var event = yaml_event_t()
        guard make(&event) == 1, yaml_emitter_emit(emitter, &event) == 1 else { throw Self.outOfMemory }
    }

    /// With events in the right order, text in UTF-8 and an output that takes everything, nothing else can fail.
    private static var outOfMemory: YAMLError {
        YAMLError(.outOfMemory, at: start, "there is no memory for the text")
    }

    private static var start: YAMLMark { YAMLMark(line: 1, column: 1) }
}
