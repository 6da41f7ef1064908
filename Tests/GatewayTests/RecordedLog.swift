import FoundationEssentials
import JSONLogging
import Logging
import SystemPackage
import Testing

/// A log of JSON lines that a test reads back.
final class RecordedLog {
    let logger: Logger
    private let directory: TestDirectory
    private let file: FilePath
    private let descriptor: FileDescriptor
    private let writer: LogWriter
    private var isOpen = true

    /// Begins an empty log of a component.
    init(_ component: String) throws {
        directory = try TestDirectory()
        file = try directory.write("log", "")
        descriptor = try FileDescriptor.open(file, .writeOnly, options: .closeOnExec)
        writer = try LogWriter(descriptor: descriptor.rawValue)
        let sink = LogSink(writer: writer, levels: LogLevelControl(.trace))
        logger = Logger(label: component) { LogLineHandler(label: $0, sink: sink) }
    }

    deinit {
        do {
            try close()
        } catch {
            Issue.record("the log could not be closed: \(error)")
        }
    }

    /// Ends the log.
    ///
    /// - Returns: everything that was logged.
    func finish() throws -> [LogLine] {
        try close()
        let text = String(decoding: try Data(contentsOf: URL(filePath: file.string)), as: UTF8.self)
        return try text.split(separator: "\n").map { try LogLine(String($0)) }
    }

    private func close() throws {
        guard isOpen else { return }
        isOpen = false
        writer.close(timeout: .seconds(10))
        try descriptor.close()
    }
}
