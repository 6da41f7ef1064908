import JSONLogging
import Logging
import ProcessControl
import Supervision
import SystemPackage

/// Brings the lines of all children to rotating files, on a thread of its own.
///
/// Lines are on disk a second after they were written at the latest, without fsync: they are to survive the gateway, and
/// flash memory is to survive them. A disk that is slow, full or gone costs lines and nothing else; it is tried again with
/// the next lines. The files of all children keep to a common bound (see `OutputBox`).
final class ChildOutputFiles: Sendable {
    private let root: FilePath
    private let boxBytes: Int
    private let buffer: ChildOutputBuffer
    private let logger: Logger

    /// Starts the thread; it looks at the directory before its first write.
    ///
    /// - Parameters:
    ///   - root: where each child has a directory.
    ///   - boxBytes: the most bytes that all files may take.
    ///   - buffer: what is between the readers and the thread.
    ///   - logger: is told of trouble with the disk.
    /// - Throws: `JSONLoggingError` when the system has no thread left.
    init(
        root: FilePath,
        boxBytes: Int,
        buffer: ChildOutputBuffer = ChildOutputBuffer(),
        logger: Logger
    ) throws(JSONLoggingError) {
        self.root = root
        self.boxBytes = boxBytes
        self.buffer = buffer
        self.logger = logger
        try WriterThread.start(for: "the output of children") { [self] in run() }
    }

    /// The files of a child; nothing is touched before its first line.
    ///
    /// - Parameters:
    ///   - path: the child.
    ///   - limits: how large its files may grow.
    ///   - lost: called with the number of lines that were lost after they had been taken, on the writing thread.
    /// - Returns: the files.
    func makeFile(
        of path: HierarchyPath,
        limits: ChildOutputLimits,
        lost: @escaping @Sendable (_ lines: Int) -> Void
    ) -> ChildOutputFile {
        ChildOutputFile(of: path, below: root, limits: limits, buffer: buffer, lost: lost)
    }

    /// Waits until all lines taken so far are written or lost; blocks the calling thread.
    ///
    /// - Parameter timeout: how long at most.
    /// - Returns: whether that was in time.
    @discardableResult
    func flush(timeout: Duration) -> Bool {
        buffer.flush(timeout: timeout)
    }

    /// Writes what it can in the given time, loses the rest, and ends the thread; blocks the calling thread.
    ///
    /// - Parameter timeout: how long to wait for the disk.
    func close(timeout: Duration) {
        buffer.flush(timeout: timeout)
        buffer.close()
    }

    private func run() {
        var box = OutputBox(root: root, limit: boxBytes)
        var trouble = ChildOutputTrouble()
        while let batches = buffer.take() {
            for batch in batches {
                do throws(RotatingFileError) {
                    try box.append(batch.bytes, to: batch.file.rotating)
                    tell(trouble.succeeded(batch.file.path), of: batch.file)
                } catch {
                    batch.file.lost(error.lostLines)
                    let news = trouble.failed(batch.file.path, lostLines: error.lostLines, at: .now)
                    tell(news, of: batch.file, error)
                }
            }
            buffer.finish()
        }
        buffer.end()
    }

    private func tell(_ news: ChildOutputTrouble.News?, of file: ChildOutputFile, _ error: RotatingFileError? = nil) {
        switch news {
        case nil: break
        case .failing(let repeated):
            var metadata: Logger.Metadata = ["hierarchy_path": "\(file.path)", "path": "\(file.rotating.directory)"]
            if let error { metadata["error"] = "\(error)" }
            if repeated > 0 { metadata["repeated"] = .number(repeated) }
            logger.warning("Child output cannot be written to files", metadata: metadata)
        case .over(let lostLines):
            logger.notice(
                "Child output is written to files again", metadata: ["dropped_lines": .number(lostLines)])
        }
    }
}
