internal import CCrypt

/// A password's bcrypt hash in the form `$2y$10$` and 53 characters, as `htpasswd -nB` prints it.
public struct BcryptHash: Sendable, Hashable {
    /// The costs that are accepted; each step doubles the time of a check, from some milliseconds to some seconds.
    public static let costs = 4...16
    /// Letters of the versions that differ in name only, and of those in which faults of early programs were put right.
    private static let versions = "aby"
    private static let byteCount = 60
    /// The size of `struct crypt_data`, which Swift does not import because of its long arrays.
    private static let scratchBytes: Int32 = 32_768

    /// The logarithm of the number of rounds.
    public let cost: Int
    private let text: String

    /// Checks the form of a hash.
    ///
    /// - Parameter text: The hash.
    /// - Throws: ``BcryptError`` where it is none, or one whose check would take too long.
    public init(_ text: String) throws(BcryptError) {
        let bytes = Array(text.utf8)
        let form = "allowed: a bcrypt hash such as $2y$10$ and 53 more characters, made with htpasswd -nBC 10 NAME"
        guard bytes.count == Self.byteCount, bytes[0] == UInt8(ascii: "$"), bytes[1] == UInt8(ascii: "2"),
            Self.versions.utf8.contains(bytes[2]), bytes[3] == UInt8(ascii: "$"), bytes[6] == UInt8(ascii: "$"),
            let cost = Int(String(decoding: bytes[4...5], as: UTF8.self)),
            bytes[7...].allSatisfy(Self.isDigit)
        else { throw BcryptError(message: "is not a bcrypt hash; \(form)") }
        guard Self.costs.contains(cost) else {
            let range = "\(Self.costs.lowerBound) to \(Self.costs.upperBound)"
            throw BcryptError(
                message: "has a cost of \(cost); allowed: \(range), as each step doubles the time of a check")
        }
        self.text = text
        self.cost = cost
    }

    private init(unchecked text: String, cost: Int) {
        self.text = text
        self.cost = cost
    }

    /// A hash that no password has, whose check takes as long as that of another one.
    ///
    /// It stands in for users who do not exist, so that they cannot be told by the time that an answer takes.
    ///
    /// - Parameter cost: One of ``costs``.
    /// - Returns: The hash.
    public static func ofNobody(cost: Int) -> BcryptHash {
        let digits = cost < 10 ? "0\(cost)" : "\(cost)"
        return BcryptHash(unchecked: "$2b$\(digits)$" + String(repeating: ".", count: 53), cost: cost)
    }

    /// Tells whether a password has this hash.
    ///
    /// Blocks for the time of the check, some 60 ms at a cost of 10: not to be called on an event loop. May be called
    /// from any thread. Takes as long for a wrong password as for the right one.
    ///
    /// - Parameter password: The password; bytes after the 72nd do not count, and one with a zero byte has no hash.
    /// - Returns: True for the right password.
    public func matches(_ password: [UInt8]) -> Bool {
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: Int(Self.scratchBytes), alignment: 16)
        scratch.initializeMemory(as: UInt8.self, repeating: 0, count: Int(Self.scratchBytes))
        defer { scratch.deallocate() }
        // C takes what stands before a zero byte for the whole password.
        let phrase = (password.filter { $0 != 0 } + [0]).map { CChar(bitPattern: $0) }
        guard let computed = crypt_rn(phrase, text, scratch, Self.scratchBytes) else { return false }
        var difference: UInt8 = password.contains(0) ? 1 : 0
        let computedBytes = UnsafeBufferPointer(start: computed, count: Self.byteCount)
        for (left, right) in zip(computedBytes, text.utf8) { difference |= UInt8(bitPattern: left) ^ right }
        return difference == 0
    }

    /// Digits of bcrypt's own base 64.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
