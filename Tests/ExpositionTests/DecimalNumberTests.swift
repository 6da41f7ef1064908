import Testing

@testable import Exposition

@Suite("DecimalNumber")
struct DecimalNumberTests {
    private static func value(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBytes { DecimalNumber.value(of: $0) }
    }

    @Test(
        "numbers are the nearest that a Double holds",
        arguments: [
            ("0", 0), ("-0", -0.0), ("+7", 7), ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E+3", 1000),
            ("1e-3", 0.001), ("08", 8), ("107374182400.000000", 107_374_182_400),
            ("0.021383540000000003", 0.021383540000000003),
            ("9007199254740993", 9_007_199_254_740_992), ("18446744073709551616", 18_446_744_073_709_551_616),
            ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
            ("2.2250738585072014e-308", .leastNormalMagnitude), ("0e999999999999999999999", 0),
            ("+Inf", .infinity), ("-inf", -.infinity), ("INFINITY", .infinity), ("-Infinity", -.infinity),
        ] as [(String, Double)])
    func accepted(text: String, expected: Double) throws {
        let value = try #require(Self.value(text))
        #expect(value == expected && value.sign == expected.sign)
    }

    @Test("NaN is a number in any case, without a sign", arguments: ["NaN", "nan", "NAN"])
    func notANumber(text: String) throws {
        #expect(try #require(Self.value(text)).isNaN)
        #expect(Self.value("-" + text) == nil)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "-", "+", ".", "e5", "1e", "1e+", "1_000", "0x10", "0x1p-3", "1.2.3", "--1", "+-1", "1 ", " 1", "1,5",
            "infinite", "in", "nano", "true", "1e400", "-1e400", "1\0", "1f", "½",
        ])
    func refused(text: String) {
        #expect(Self.value(text) == nil)
    }

    @Test("random numbers in all notations are read like the standard library reads them")
    func random() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let digits = String(
                UInt64.random(in: 0 ... .max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator))
            let point = digits.index(digits.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &generator))
            let exponent = Int.random(in: -340...300, using: &generator)
            for text in [digits, "\(digits[..<point]).\(digits[point...])", "\(digits)e\(exponent)", "-\(digits)e-3"] {
                let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
                #expect(Self.value(text) == expected, "\(text)")
            }
        }
    }
}
