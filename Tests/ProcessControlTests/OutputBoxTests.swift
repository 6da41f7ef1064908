import ProcessControl
import SystemPackage
import Testing

@Suite("OutputBox")
struct OutputBoxTests {
    private let root: TemporaryDirectory

    init() throws {
        root = try TemporaryDirectory()
    }

    private func file(_ child: String) -> RotatingFile {
        RotatingFile(directory: root.path.appending(child), fileBytes: 100, fileCount: 5)
    }

    /// Files of 100 bytes.
    private func fill(_ child: String, files: Int) throws {
        let file = file(child)
        for _ in 0..<files { try file.append([UInt8](repeating: UInt8(ascii: "x"), count: 99) + [UInt8(ascii: "\n")]) }
    }

    private func entries(_ child: String) -> [String] {
        TemporaryDirectory.entries(of: root.path.appending(child))
    }

    @Test("within the bound nothing is removed, but an empty directory")
    func withinBound() throws {
        try fill("a", files: 5)
        _ = try root.makeDirectory("gone")
        _ = OutputBox(root: root.path, limit: 500)
        #expect(TemporaryDirectory.entries(of: root.path) == ["a"])
        #expect(entries("a") == ["1", "2", "3", "4", "current"])
    }

    @Test("the oldest files of whoever has most go first, at the start already")
    func largestFirst() throws {
        try fill("a", files: 5)
        try fill("b", files: 3)
        try fill("c", files: 1)
        // 900 bytes; below 600 there are to be 562.5 at most.
        _ = OutputBox(root: root.path, limit: 600)
        #expect(entries("a") == ["1", "current"])
        #expect(entries("b") == ["1", "current"])
        #expect(entries("c") == ["current"])
    }

    @Test("current files go only when there is no other, and then the directory goes, too")
    func currentLast() throws {
        try fill("a", files: 2)
        try file("b").append(Array("short\n".utf8))
        _ = OutputBox(root: root.path, limit: 50)
        #expect(TemporaryDirectory.entries(of: root.path) == ["b"])
        #expect(entries("b") == ["current"])
    }

    @Test("the bound holds after every line, whoever writes")
    func whileWriting() throws {
        var box = OutputBox(root: root.path, limit: 1000)
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 39) + [UInt8(ascii: "\n")]
        for number in 0..<400 {
            try box.append(line, to: file("child-\(number % 7)"))
            let total = TemporaryDirectory.entries(of: root.path).reduce(0) { total, child in
                entries(child).reduce(total) {
                    $0 + TemporaryDirectory.size(of: root.path.appending(child).appending($1))
                }
            }
            #expect(total <= 1000)
        }
        // A child that was pushed out has its place again with its next line.
        for child in 0..<7 {
            try box.append(line, to: file("child-\(child)"))
            #expect(entries("child-\(child)").contains("current"))
        }
    }

    @Test("a directory that is not there is no trouble")
    func missing() throws {
        var box = OutputBox(root: root.path.appending("logs"), limit: 1000)
        try box.append(Array("one\n".utf8), to: file("logs/a"))
        #expect(entries("logs/a") == ["current"])
    }
}
