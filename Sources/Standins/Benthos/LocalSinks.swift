import Standins

/// Forgets every message.
struct DropSink: MessageSink {
    let slots = 1

    func connect() {}

    func write(_ message: FlowMessage) {}
}

/// Writes messages to standard output, one a line.
struct StandardOutputSink: MessageSink {
    let slots = 1

    func connect() {}

    func write(_ message: FlowMessage) {
        LineSink.standardOutput.write(message.text)
    }
}

/// Appends messages to a file, one a line; the file is opened when there is something to write.
struct FileSink: MessageSink {
    let slots = 1
    /// The file.
    let path: String

    func connect() {}

    func write(_ message: FlowMessage) async throws(FlowFault) {
        do throws(StandinError) {
            try FileText.append(line: message.text, to: path)
        } catch {
            throw .failed(error.message)
        }
    }
}
