import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("RotatingFile")
struct RotatingFileTests {
    private let root: TemporaryDirectory
    private let directory: FilePath

    init() throws {
        root = try TemporaryDirectory()
        directory = root.path.appending("logs").appending("child")
    }

    private func file(bytes: Int = 10, count: Int = 3) -> RotatingFile {
        RotatingFile(directory: directory, fileBytes: bytes, fileCount: count)
    }

    private func content(_ name: String) throws -> String {
        try String(decoding: TemporaryDirectory.content(of: directory.appending(name)), as: UTF8.self)
    }

    @Test("the directories and the file are made with the first line, for this user and group only")
    func firstLine() throws {
        let old = umask(0)
        defer { umask(old) }
        try file().append(Array("one\n".utf8))
        #expect(try content("current") == "one\n")
        var status = stat()
        #expect(stat(directory.appending("current").string, &status) == 0 && status.st_mode & 0o7777 == 0o640)
        #expect(stat(directory.string, &status) == 0 && status.st_mode & 0o7777 == 0o750)
    }

    @Test("lines come after those of an earlier run")
    func restart() throws {
        try file().append(Array("one\n".utf8))
        try file().append(Array("two\n".utf8))
        #expect(try content("current") == "one\ntwo\n")
    }

    @Test("full files are moved one on, the oldest goes, and no line is divided")
    func rotation() throws {
        let file = file()
        for number in 1...9 { try file.append(Array("line\(number)\n".utf8)) }
        #expect(TemporaryDirectory.entries(of: directory) == ["1", "2", "current"])
        #expect(try [content("2"), content("1"), content("current")] == ["line7\n", "line8\n", "line9\n"])
    }

    @Test("many lines at once are divided among files")
    func batch() throws {
        try file(bytes: 12, count: 5).append(Array("a1\na2\na3\nb1\nb2\nb3\nb4\nc1\n".utf8))
        #expect(try content("1") == "a1\na2\na3\nb1\n")
        #expect(try content("current") == "b2\nb3\nb4\nc1\n")
    }

    @Test("a line longer than a file has one of its own")
    func longLine() throws {
        try file().append(Array("short\nmuch longer than a file\nshort\n".utf8))
        #expect(
            try [content("2"), content("1"), content("current")] == ["short\n", "much longer than a file\n", "short\n"])
    }

    @Test("with one file only, it is begun anew")
    func oneFile() throws {
        let file = file(count: 1)
        for number in 1...3 { try file.append(Array("line\(number)\n".utf8)) }
        #expect(TemporaryDirectory.entries(of: directory) == ["current"])
        #expect(try content("current") == "line3\n")
    }

    @Test("files beyond a smaller count go with the next rotation, strangers' files stay")
    func smallerCount() throws {
        let many = file(count: 6)
        for number in 1...6 { try many.append(Array("line\(number)\n".utf8)) }
        _ = try root.write("logs/child/notes.txt", "")
        try file(count: 2).append(Array("line7\n".utf8))
        #expect(TemporaryDirectory.entries(of: directory) == ["1", "current", "notes.txt"])
        #expect(try content("1") == "line6\n")
    }

    @Test("after half a line the next one begins on a line of its own")
    func halfLine() throws {
        try file(bytes: 100).append(Array("whole\n".utf8))
        _ = try root.write("logs/child/current", "whole\nhal")
        try file(bytes: 100).append(Array("next\n".utf8))
        #expect(try content("current") == "whole\nhal\nnext\n")
    }

    @Test("what cannot be written is an error with the file, the reason and the number of lines")
    func failure() throws {
        _ = try root.write("logs", "a file in the way")
        let error = try #require(throws: RotatingFileError.self) { try file().append(Array("one\ntwo\n".utf8)) }
        #expect(error.path == directory.appending("current"))
        #expect(error.errno == .notDirectory)
        #expect(error.lostLines == 2)
        #expect(error.description.contains("\(directory)/current: Not a directory; make room"))
    }
}
