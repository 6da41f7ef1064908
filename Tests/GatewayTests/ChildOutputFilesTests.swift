import Glibc
import JSONLogging
import Logging
import ProcessControl
import Supervision
import Synchronization
import SystemPackage
import Testing

@testable import Gateway

@Suite("ChildOutputFiles", .timeLimit(.minutes(1)))
struct ChildOutputFilesTests {
    /// What was said of lines.
    private final class Notes: Sendable {
        let messages = Mutex<[String]>([])
        let lostLines = Mutex(0)

        func makeLogger() -> Logger {
            Logger(label: "test") { _ in Handler(notes: self) }
        }

        struct Handler: LogHandler {
            let notes: Notes
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.trace

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                let details = event.metadata ?? [:]
                let text = ["repeated", "dropped_lines"].compactMap { key in details[key].map { " \(key)=\($0)" } }
                    .joined()
                notes.messages.withLock { $0.append("\(event.level): \(event.message)\(text)") }
            }
        }
    }

    private let directory: TestDirectory
    private let notes = Notes()
    private let path = HierarchyPath(root: "box").appending("reader")

    init() throws {
        directory = try TestDirectory()
    }

    private func makeFiles(in root: FilePath, buffer: ChildOutputBuffer = ChildOutputBuffer()) throws
        -> ChildOutputFiles
    {
        try ChildOutputFiles(root: root, boxBytes: 1 << 20, buffer: buffer, logger: notes.makeLogger())
    }

    private func makeFile(_ files: ChildOutputFiles, limits: ChildOutputLimits = ChildOutputLimits()) -> ChildOutputFile
    {
        files.makeFile(of: path, limits: limits) { [notes] lines in notes.lostLines.withLock { $0 += lines } }
    }

    private func write(_ text: String, to file: ChildOutputFile) -> Bool {
        file.write(OutputLine(stream: .stdout, text: text), at: WallTime(sinceEpoch: .zero))
    }

    private func content(_ root: FilePath, _ name: String = "current") throws -> String {
        let file = root.appending("box%2freader").appending(name)
        return String(decoding: try TestDirectory.content(of: file), as: UTF8.self)
    }

    @Test("lines are in the child's own directory after a flush, in their order")
    func order() throws {
        let files = try makeFiles(in: directory.path)
        let file = makeFile(files)
        for number in 1...100 { #expect(write("\(number)", to: file)) }
        #expect(files.flush(timeout: .seconds(30)))
        let expected = (1...100).map { "1970-01-01T00:00:00.000Z stdout \($0)\n" }.joined()
        #expect(try content(directory.path) == expected)
        files.close(timeout: .seconds(30))
        #expect(!write("late", to: file))
        #expect(try content(directory.path) == expected)
    }

    @Test("lines are written without anybody asking for it")
    func delay() async throws {
        let files = try makeFiles(in: directory.path, buffer: ChildOutputBuffer(delay: .milliseconds(1)))
        defer { files.close(timeout: .seconds(30)) }
        #expect(write("one", to: makeFile(files)))
        while (try? content(directory.path)) != "1970-01-01T00:00:00.000Z stdout one\n" { await Task.yield() }
    }

    @Test("the buffer is bounded for each child and in total, and what does not fit is refused")
    func bounds() {
        let buffer = ChildOutputBuffer(capacity: 100, share: 60)
        let files = ["a", "b"].map { name in
            let child = HierarchyPath(root: name)
            return ChildOutputFile(of: child, below: "/", limits: ChildOutputLimits(), buffer: buffer) { _ in }
        }
        let line = [UInt8](repeating: 0, count: 30)
        #expect((1...3).map { _ in buffer.offer(line, for: files[0]) } == [true, true, false])
        #expect((1...2).map { _ in buffer.offer(line, for: files[1]) } == [true, false])
        #expect(buffer.take()?.count == 2)
        // What is being written still takes its room.
        #expect((1...2).map { _ in buffer.offer(line, for: files[1]) } == [false, false])
        buffer.finish()
        #expect(buffer.offer(line, for: files[1]))
        buffer.close()
        #expect(buffer.take() == nil)
    }

    @Test("a path that is too long for a file name gets one that is its own")
    func longPath() {
        func path(_ last: String) -> HierarchyPath {
            (0..<10).reduce(HierarchyPath(root: "box")) { path, _ in
                path.appending(String(repeating: "x", count: 40))
            }.appending(last)
        }
        let names = [path("a"), path("b")].map(ChildOutputFile.name)
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.utf8.count <= 255 })
        #expect(ChildOutputFile.name(of: HierarchyPath(root: "box").appending("a")) == "box%2fa")
    }

    @Test(
        "a full disk costs lines, is told once, and is over when there is room",
        .enabled(if: SmallDisk.isPermitted, "mounting a small tmpfs needs privileges")
    )
    func fullDisk() throws {
        let disk = try SmallDisk(in: directory, kibibytes: 256)
        let root = disk.path.appending("logs")
        let files = try makeFiles(in: root)
        let file = makeFile(files)
        func writeLines() {
            for _ in 0..<10 { #expect(write(String(repeating: "x", count: 1000), to: file)) }
            #expect(files.flush(timeout: .seconds(30)))
        }
        writeLines()
        let before = try content(root)
        disk.fill()
        for _ in 0..<3 { writeLines() }
        // What the page at the end of the file still takes may stay, in whole lines.
        #expect(try content(root) == before)
        #expect(notes.lostLines.withLock { $0 } == 30)
        disk.makeRoom()
        writeLines()
        files.close(timeout: .seconds(30))
        #expect(try content(root).utf8.count == 2 * before.utf8.count)
        #expect(
            notes.messages.withLock { $0 } == [
                "warning: Child output cannot be written to files",
                "notice: Child output is written to files again dropped_lines=30",
            ]
        )
    }

    @Test(
        "a disk that is read-only is tried again, and a directory that has gone is made again",
        .enabled(if: SmallDisk.isPermitted, "mounting a small tmpfs needs privileges")
    )
    func readOnlyDisk() throws {
        let disk = try SmallDisk(in: directory, kibibytes: 256)
        let files = try makeFiles(in: disk.path)
        let file = makeFile(files)
        try disk.set(readOnly: true)
        #expect(write("lost", to: file))
        #expect(files.flush(timeout: .seconds(30)))
        #expect(notes.lostLines.withLock { $0 } == 1)
        try disk.set(readOnly: false)
        #expect(write("one", to: file))
        #expect(files.flush(timeout: .seconds(30)))
        #expect(try content(disk.path).hasSuffix(" one\n"))
        unlink(disk.path.appending("box%2freader/current").string)
        rmdir(disk.path.appending("box%2freader").string)
        #expect(write("two", to: file))
        files.close(timeout: .seconds(30))
        #expect(try content(disk.path).hasSuffix("Z stdout two\n"))
    }
}
