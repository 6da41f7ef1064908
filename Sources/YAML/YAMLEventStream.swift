import CYAML

/// What the grammar sees next.
enum YAMLEvent {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(YAMLScalar, anchor: String?, tag: String?)
    case sequenceStart(anchor: String?, tag: String?)
    case sequenceEnd
    case mappingStart(anchor: String?, tag: String?)
    case mappingEnd
}

/// libyaml's event parser over a text in memory, owned and freed by this value.
struct YAMLEventStream: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeBufferPointer<UInt8>

    /// Begins to parse.
    ///
    /// - Parameter text: The text, which must stay in place for as long as the stream lives.
    /// - Throws: `YAMLError` where there is no memory for the parser.
    init(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(.outOfMemory, at: YAMLMark(line: 1, column: 1), "there is no memory for the parser")
        }
        self.parser = parser
        self.text = text
        // An empty buffer may have no address, which libyaml asserts against.
        if let start = text.baseAddress {
            yaml_parser_set_input_string(parser, start, text.count)
        } else {
            yaml_parser_set_input_string(parser, "", 0)
        }
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Reads the next event and where it begins.
    ///
    /// - Throws: `YAMLError` with libyaml's message and place.
    func next() throws(YAMLError) -> (event: YAMLEvent, mark: YAMLMark) {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return (Self.translate(event), YAMLMark(event.start_mark))
    }

    private static func translate(_ event: yaml_event_t) -> YAMLEvent {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: scalar(event)
        case YAML_SEQUENCE_START_EVENT:
            .sequenceStart(
                anchor: string(event.data.sequence_start.anchor),
                tag: string(event.data.sequence_start.tag)
            )
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            .mappingStart(
                anchor: string(event.data.mapping_start.anchor),
                tag: string(event.data.mapping_start.tag)
            )
        case YAML_MAPPING_END_EVENT: .mappingEnd
        // After the end of the stream libyaml answers with events of no type.
        default: .streamEnd
        }
    }

    private static func scalar(_ event: yaml_event_t) -> YAMLEvent {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return .scalar(
            YAMLScalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
            anchor: string(scalar.anchor),
            tag: string(scalar.tag)
        )
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
        switch parser.pointee.error {
        case YAML_MEMORY_ERROR:
            return YAMLError(.outOfMemory, at: YAMLMark(parser.pointee.mark), "there is no memory for the parser")
        case YAML_READER_ERROR:
            // The reader works ahead of the grammar and knows only the byte.
            let offset = min(parser.pointee.problem_offset, text.count)
            return YAMLError(.encoding, at: YAMLMark(of: offset, in: text), "\(problem) (byte \(offset))")
        default:
            guard let context = parser.pointee.context.map({ String(cString: $0) }) else {
                return YAMLError(.syntax, at: YAMLMark(parser.pointee.problem_mark), problem)
            }
            let begun = YAMLMark(parser.pointee.context_mark)
            let message = "\(problem) \(context) (begun at \(begun))"
            return YAMLError(.syntax, at: YAMLMark(parser.pointee.problem_mark), message)
        }
    }
}

extension YAMLMark {
    /// Translates libyaml's mark, which counts from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
