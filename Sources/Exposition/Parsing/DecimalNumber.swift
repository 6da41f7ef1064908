/// Numbers as both exposition formats write them, read with correct rounding and in every locale alike.
///
/// Accepted is what Prometheus accepts: decimal numbers with optional fraction and exponent, `NaN`, and `Inf` or
/// `Infinity` with optional sign, in upper and lower case. Hexadecimal numbers, digit separators, and numbers beyond the
/// range of a `Double` are refused; numbers too near to zero become zero.
struct DecimalNumber {
    private var mantissa: UInt64 = 0
    private var exponent = 0
    private var hasDigits = false
    private var isExact = true

    private init() {}

    /// Reads a number.
    ///
    /// - Parameter text: The number and nothing else.
    /// - Returns: The nearest `Double`, or `nil` when the text is not an accepted number.
    static func value(of text: UnsafeRawBufferPointer) -> Double? {
        var scanner = ByteScanner(text)
        let isNegative = scanner.take(UInt8(ascii: "-"))
        let isSigned = isNegative || scanner.take(UInt8(ascii: "+"))
        if ByteScanner.isLetter(scanner.byte) {
            return special(text[scanner.position...], isSigned: isSigned).map { isNegative ? -$0 : $0 }
        }
        var number = DecimalNumber()
        guard number.read(&scanner) else { return nil }
        if let magnitude = number.magnitude { return isNegative ? -magnitude : magnitude }
        let value = Double(String(decoding: text, as: UTF8.self))
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    private static func special(_ text: Slice<UnsafeRawBufferPointer>, isSigned: Bool) -> Double? {
        let lowercased = text.lazy.map { $0 | 0x20 }
        if lowercased.elementsEqual("inf".utf8) || lowercased.elementsEqual("infinity".utf8) { return .infinity }
        return !isSigned && lowercased.elementsEqual("nan".utf8) ? .nan : nil
    }

    /// Reads digits, fraction and exponent up to the end of the text; false when there is anything else.
    private mutating func read(_ scanner: inout ByteScanner) -> Bool {
        readDigits(&scanner, exponentStep: 0)
        if scanner.take(UInt8(ascii: ".")) { readDigits(&scanner, exponentStep: -1) }
        guard hasDigits else { return false }
        if scanner.take(UInt8(ascii: "e")) || scanner.take(UInt8(ascii: "E")) {
            guard readExponent(&scanner) else { return false }
        }
        return scanner.isAtEnd
    }

    private mutating func readDigits(_ scanner: inout ByteScanner, exponentStep: Int) {
        while ByteScanner.isDigit(scanner.byte) {
            hasDigits = true
            let (product, productOverflow) = mantissa.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = product.addingReportingOverflow(UInt64(scanner.byte - UInt8(ascii: "0")))
            if productOverflow || sumOverflow { isExact = false }
            mantissa = sum
            exponent += exponentStep
            scanner.step()
        }
    }

    private mutating func readExponent(_ scanner: inout ByteScanner) -> Bool {
        let isNegative = scanner.take(UInt8(ascii: "-"))
        if !isNegative { _ = scanner.take(UInt8(ascii: "+")) }
        guard ByteScanner.isDigit(scanner.byte) else { return false }
        var written = 0
        while ByteScanner.isDigit(scanner.byte) {
            // Far beyond what a Double holds; more digits cannot change the result.
            written = min(written * 10 + Int(scanner.byte - UInt8(ascii: "0")), 1_000_000)
            scanner.step()
        }
        exponent += isNegative ? -written : written
        return true
    }

    /// The number without its sign, where one rounding makes it; `nil` where the long way is needed.
    ///
    /// A whole number up to 2^53 and a power of ten up to 10^22 are exact as `Double`, so their product or quotient is
    /// rounded once (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
    private var magnitude: Double? {
        guard isExact else { return nil }
        var (mantissa, exponent) = (mantissa, exponent)
        // Fixed decimals ("107374182400.000000") come below 2^53 without their zeros.
        while mantissa > 1 << 53, exponent < 0, mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        guard mantissa <= 1 << 53, abs(exponent) < Self.powersOfTen.count else { return nil }
        let whole = Double(mantissa)
        return exponent < 0 ? whole / Self.powersOfTen[-exponent] : whole * Self.powersOfTen[exponent]
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
