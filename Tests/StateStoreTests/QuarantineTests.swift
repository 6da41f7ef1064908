import Testing

@testable import StateStore

@Suite("StateStore: quarantine")
struct QuarantineTests {
    private static let time = Stage.time

    @Test("keeps the file with its companions under the time, and numbers what would collide")
    func names() throws {
        let directory = try TemporaryDirectory()
        let paths = StorePaths(directory: directory.path, fileName: "x.db")
        for suffix in ["", "-wal", "-shm"] { try directory.write(Array("first\(suffix)".utf8), to: "x.db" + suffix) }
        #expect(try Quarantine(paths).moveAside(at: Self.time) == directory.path + "/x.db.corrupt-20261121T113000Z")
        try directory.write(Array("second".utf8), to: "x.db")
        #expect(try Quarantine(paths).moveAside(at: Self.time) == directory.path + "/x.db.corrupt-20261121T113000Z-2")
        #expect(
            directory.names == [
                "x.db.corrupt-20261121T113000Z", "x.db.corrupt-20261121T113000Z-2",
                "x.db.corrupt-20261121T113000Z-shm", "x.db.corrupt-20261121T113000Z-wal",
            ]
        )
        #expect(try directory.read("x.db.corrupt-20261121T113000Z-wal") == Array("first-wal".utf8))
    }

    @Test("keeps the newest five sets")
    func limit() throws {
        let directory = try TemporaryDirectory()
        let paths = StorePaths(directory: directory.path, fileName: "x.db")
        for round in 0..<9 {
            try directory.write([1], to: "x.db")
            try directory.write([2], to: "x.db-wal")
            _ = try Quarantine(paths).moveAside(at: Self.time + .seconds(round))
        }
        #expect(directory.names.count == 10)
        #expect(directory.names.first == "x.db.corrupt-20261121T113004Z")
        #expect(directory.names.last == "x.db.corrupt-20261121T113008Z-wal")
    }

    @Test(
        "writes times as they are read",
        arguments: [
            (Duration.zero, "19700101T000000Z"), (.seconds(951_827_696), "20000229T123456Z"),
            (.seconds(1_795_260_600), "20261121T113000Z"),
        ]
    )
    func times(_ time: Duration, _ text: String) {
        #expect(Quarantine.text(of: time) == text)
    }
}
