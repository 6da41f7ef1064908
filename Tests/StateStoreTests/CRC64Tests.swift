import Testing

@testable import StateStore

@Suite("StateStore: checksums")
struct CRC64Tests {
    @Test("are those of CRC-64/XZ")
    func checkValue() {
        var crc = CRC64()
        crc.add("123456789".utf8)
        #expect(crc.value == 0x995D_C9BB_DF19_39FA)
        #expect(CRC64().value == 0)
    }

    @Test("tell fields apart that are the same bytes in a row")
    func fields() {
        var left = CRC64()
        left.add(field: Array("ab".utf8))
        left.add(field: Array("c".utf8))
        var right = CRC64()
        right.add(field: Array("a".utf8))
        right.add(field: Array("bc".utf8))
        #expect(left.value != right.value)
    }
}
