/// A running CRC-64/XZ, the checksum of every row.
///
/// Source: polynomial of ECMA-182 in reflected form with inverted start and end, as the .xz file format specifies it
/// (section 6); the check value of "123456789" is 995DC9BBDF1939FA. A CRC of 64 bits finds every damage that spans at
/// most 64 bits, and any other with a probability of 1 - 2^-64.
struct CRC64 {
    private static let polynomial: UInt64 = 0xC96C_5795_D787_0F42
    private static let table: [UInt64] = (0..<256).map { byte in
        (0..<8).reduce(UInt64(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
    }

    private var state = ~UInt64(0)

    /// The checksum of all that was added.
    var value: UInt64 { ~state }

    /// Adds bytes.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        var state = self.state
        Self.table.withUnsafeBufferPointer { table in
            for byte in bytes {
                state = table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ state >> 8
            }
        }
        self.state = state
    }

    /// Adds a number, lowest byte first.
    mutating func add(_ number: Int64) {
        add((0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }

    /// Adds a field of any length, so that no two lists of fields give the same bytes.
    mutating func add(field bytes: [UInt8]) {
        add(Int64(bytes.count))
        add(bytes)
    }
}
