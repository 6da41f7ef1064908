import Testing

@testable import OperatorHTTP

@Suite("Accept-Encoding")
struct AcceptedCodingsTests {
    @Test(
        "the best coding that the client accepts is chosen",
        arguments: [
            (nil, ContentCoding.identity),
            ("", .identity),
            ("gzip", .gzip),
            ("zstd, gzip", .zstd),
            ("gzip, deflate, br, zstd", .zstd),
            ("gzip;q=1.0, zstd;q=0.9", .gzip),
            ("gzip; q=0.5 , zstd ;q=0.501", .zstd),
            ("GZIP", .gzip),
            ("x-gzip", .gzip),
            ("br", .identity),
            ("identity, gzip;q=0.5", .identity),
            ("identity;q=0.5, gzip;q=0.5", .gzip),
            ("gzip;q=0", .identity),
            ("gzip;q=0.001", .gzip),
            ("*", .zstd),
            ("zstd;q=0, *", .gzip),
            ("*;q=0, gzip", .gzip),
            ("gzip;q=2", .identity),
            ("gzip;q=x, zstd;q=0.5", .zstd),
            ("gzip;q=1.001", .identity),
            (",,;q=1,gzip", .gzip),
            ("identity;q=0", nil),
            ("*;q=0", nil),
            ("identity;q=0, br", nil),
            ("identity;q=0, gzip;q=0.1", .gzip),
        ] as [(String?, ContentCoding?)]
    )
    func preferred(_ header: String?, _ coding: ContentCoding?) {
        #expect(AcceptedCodings(header).preferred == coding)
    }

    @Test(
        "the body itself is acceptable unless it is excluded",
        arguments: [
            (nil, true), ("gzip", true), ("identity;q=0", false), ("*;q=0", false), ("*;q=0, identity", true),
        ] as [(String?, Bool)]
    )
    func identity(_ header: String?, _ isAccepted: Bool) {
        #expect(AcceptedCodings(header).acceptsIdentity == isAccepted)
    }
}
