import GatewayConfiguration
import Testing

@Suite("Texts of values")
struct ValueTextTests {
    @Test(
        "a duration is read, and written in its shortest form",
        arguments: [
            ("0s", Duration.zero, "0s"), ("500ms", .milliseconds(500), "500ms"), ("15s", .seconds(15), "15s"),
            ("90s", .seconds(90), "1m30s"), ("1m30s", .seconds(90), "1m30s"),
            ("1h1ms", .milliseconds(3_600_001), "1h1ms"),
            ("2h3m4s5ms", .milliseconds(7_384_005), "2h3m4s5ms"),
            ("9223372036854775807ms", .milliseconds(Int64.max), nil),
        ] as [(String, Duration, String?)]
    )
    func duration(text: String, duration: Duration, written: String?) {
        #expect(DurationText.parse(text) == duration)
        if let written { #expect(DurationText.format(duration) == written) }
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "1", "s", "ms", "1 s", "1.5s", "-1s", "+1s", "1S", "1d", "1s1m", "1s1s", "1s1", "1sx", "١s", "1s ",
            "9223372036854775808ms", "9223372036854775807s", "9223372036854775807ms1", "2562047788015h59m",
        ]
    )
    func noDuration(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "a number of bytes is read in powers of 1024, and written in the largest unit that divides it",
        arguments: [
            ("0", 0, "0"), ("1", 1, "1"), ("1024", 1024, "1K"), ("1536", 1536, "1536"), ("64K", 65536, "64K"),
            ("512MiB", 512 << 20, "512M"), ("2G", 2 << 30, "2G"), ("2Gi", 2 << 30, "2G"), ("1024G", 1 << 40, "1T"),
            ("8388607T", 8_388_607 << 40, "8388607T"),
        ]
    )
    func byteCount(text: String, bytes: Int, written: String) throws {
        let count = try #require(ByteCount(text))
        #expect(count.bytes == bytes && count.description == written)
        #expect(count == ByteCount(bytes: bytes))
    }

    @Test(
        "what is no number of bytes is refused",
        arguments: [
            "", "G", "-1", "+1", "1.5G", "2GB", "2g", "2 G", "2KB", "8388608T", "9223372036854775808", "١K", "1KiBx",
        ]
    )
    func noByteCount(text: String) {
        #expect(ByteCount(text) == nil)
    }

    @Test(
        "an endpoint is read and written",
        arguments: [("127.0.0.1:9620", "127.0.0.1", 9620), ("[::1]:0", "::1", 0), ("a-b.c_d:65535", "a-b.c_d", 65535)]
    )
    func endpoint(text: String, host: String, port: Int) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.description == text)
    }

    @Test(
        "what is no endpoint is refused",
        arguments: [
            "", ":", "a", "a:", ":1", "a:-1", "a:+1", "a:65536", "::1", "[]:1", "[a]:1", "[::1]", "a b:1", "a:1 ",
            "ä:1",
        ]
    )
    func noEndpoint(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test("a mask is octal", arguments: [("0", 0), ("22", 0o22), ("0022", 0o22), ("777", 0o777)])
    func mask(text: String, bits: UInt32) {
        #expect(FileModeMask(text)?.bits == bits)
    }

    @Test("what is no mask is refused", arguments: ["", "8", "1000", "00022", "-1", "+22", "0o22", " 22"])
    func noMask(text: String) {
        #expect(FileModeMask(text) == nil)
    }

    @Test("every field of the schema has a name in camel case and one line of help that ends with a full stop")
    func schema() {
        var schemas = [GatewaySchema.object]
        while let schema = schemas.popLast() {
            for field in schema.fields {
                #expect(field.name.first?.isLowercase == true)
                #expect(field.help.hasSuffix(".") && !field.help.contains("\n"), "\(field.name)")
                switch field.type {
                case .object(let nested), .list(of: .object(let nested), count: _): schemas.append(nested)
                default: break
                }
            }
        }
    }
}
