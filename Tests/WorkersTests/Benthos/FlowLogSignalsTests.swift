import Supervision
import Testing
import Workers

@Suite("FlowLogSignals")
struct FlowLogSignalsTests {
    private let moment = Moment(sinceStart: .seconds(5))

    /// The signals of a captured situation: first one stream, then the other.
    private func signals(_ situation: String, order: [String] = ["stdout", "stderr"]) throws -> FlowLogSignals {
        var signals = FlowLogSignals()
        for stream in order {
            let log = try FlowFixture(name: "\(situation)/\(stream).log").text()
            for line in log.split(separator: "\n") { signals.note(String(line), at: moment) }
        }
        return signals
    }

    @Test("a taken HTTP port is seen, though the flow goes on")
    func portInUse() throws {
        let signals = try signals("port_in_use")
        #expect(
            signals.httpServerFailure?.text
                == "HTTP Server error: listen tcp 127.0.0.1:14195: bind: address already in use")
        #expect(signals.httpServerFailure?.at == moment && signals.lastError == signals.httpServerFailure)
        #expect(signals.completion == nil && signals.startFailure == nil)
    }

    @Test("a flow whose inputs have ended says so", arguments: ["finite", "file_in_eof", "bad_no_config"])
    func completion(situation: String) throws {
        let signals = try signals(situation)
        #expect(signals.completion?.text == "Pipeline has terminated. Shutting down the service")
        #expect(signals.lastError == nil)
    }

    @Test(
        "trouble with connections is seen in both formats, and for both sides",
        arguments: [
            ("socket_out_never_json", nil, "Failed to connect to socket: dial tcp"),
            ("socket_out_never_logfmt", nil, "Failed to connect to socket: dial tcp"),
            ("socket_out_lost_logfmt", nil, "Failed to connect to socket: dial tcp"),
            ("socket_in_lost", "Failed to connect to socket: dial tcp", nil),
            ("kafka_franz_out", nil, "127.0.0.1:14092: connect: connection refused"),
            ("kafka_franz_in", "127.0.0.1:14092: connect: connection refused", nil),
            ("kafka_franz_out_never", nil, "Failed to connect to kafka_franz: unable to dial"),
            ("kafka_franz_in_never", "Failed to connect to kafka_franz: unable to dial", nil),
            ("http_out_500", nil, nil), ("proc_errors", nil, nil), ("load", nil, nil), ("gen_stdout", nil, nil),
        ] as [(String, String?, String?)])
    func connections(situation: String, input: String?, output: String?) throws {
        let signals = try signals(situation)
        for (sighting, words) in [
            (signals.inputTrouble(at: moment), input), (signals.outputTrouble(at: moment), output),
        ] {
            #expect((sighting == nil) == (words == nil))
            if let words { #expect(sighting?.text.contains(words) == true, "\(sighting?.text ?? "")") }
        }
        #expect(signals.httpServerFailure == nil && signals.completion == nil && signals.startFailure == nil)
    }

    @Test("trouble with connections is forgotten after a minute, what ended the process is not")
    func memory() throws {
        var signals = try signals("socket_out_never_json")
        signals.note("service closing due to: a reason", at: moment)
        #expect(signals.outputTrouble(at: moment.advanced(by: .seconds(59))) != nil)
        #expect(signals.outputTrouble(at: moment.advanced(by: .seconds(60))) == nil)
        #expect(signals.startFailure?.text == "a reason")
    }

    @Test(
        "the reason of a start that failed is kept, whichever stream is read first",
        arguments: [
            ("bad_bad_duration", "failed to init input 'in' path root.input: failed to parse interval"),
            ("bad_yaml_syntax", "/etc/flows/config.yaml: yaml: line 2: did not find expected node content"),
            ("bad_flag", "flag provided but not defined: -nonsense"),
            ("bad_command", "Unrecognised command: frobnicate"),
            ("bad_unknown_field", "/etc/flows/config.yaml(16,1) field intervall not recognised"),
            ("bad_unknown_field_logfmt", "/etc/flows/config.yaml(16,1) field intervall not recognised"),
            ("bad_empty", "/etc/flows/config.yaml(0,1) expected object value, got !!null"),
            ("bad_env_missing", "(1,1) required environment variables were not set: [NOT_SET_VAR]"),
            ("bad_missing_file", "/etc/flows/nope.yaml: open /etc/flows/nope.yaml: no such file or directory"),
            ("bad_bad_type", "yaml: unmarshal errors: line 2: cannot unmarshal !!str `maybe` into bool"),
        ])
    func startFailure(situation: String, words: String) throws {
        for order in [["stdout", "stderr"], ["stderr", "stdout"]] {
            let text = try #require(try signals(situation, order: order).startFailure).text
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test("linter errors that the process does not stop for are no failed start")
    func chilled() {
        var signals = FlowLogSignals()
        signals.note(#"{"level":"error","lint":"x","msg":"Config lint error"}"#, at: moment)
        #expect(signals.startFailure == nil && signals.lastError?.text == "Config lint error")
    }

    @Test(
        "the latest error is kept",
        arguments: [
            ("http_out_500", "Failed to send message to http_client"), ("proc_errors", "failed assignment (line 1)"),
            ("file_in_missing", "Failed to read message: open"),
            ("bad_bad_file_dir", "Failed to send message to file: mkdir"),
        ])
    func lastError(situation: String, words: String) throws {
        #expect(try signals(situation).lastError?.text.hasPrefix(words) == true)
    }

    @Test(
        "data and torn lines say nothing",
        arguments: [
            "", "{", #"{"level":"error"}"#, #"{"level":"error","msg":5}"#, "level=error", "level=error msg",
            #"level=error x="\"#,
            #"{"n":1,"msg":"Failed to connect to x"}"#, "  an indented line",
            #"level=info path=root.output msg="Failed to connect to x""#,
        ])
    func otherLines(line: String) {
        var signals = FlowLogSignals()
        signals.note(line, at: moment)
        #expect(signals == FlowLogSignals())
    }

    @Test("texts are cut, and the last words of a crash are an error")
    func bounds() {
        var signals = FlowLogSignals()
        signals.note("panic: " + String(repeating: "é", count: 1000), at: moment)
        #expect(signals.lastError?.text.utf8.count == 511)
        signals.note("service closing due to: x:", at: moment)
        for _ in 0..<100 { signals.note("  " + String(repeating: "y", count: 100) + ":", at: moment) }
        #expect(signals.startFailure?.text.utf8.count == 512)
    }
}
