/// Which characters a name may have, and how many.
package struct NameRule: Sendable {
    /// The name of a box or a group: safe in paths and labels.
    package static let segment = NameRule(punctuation: "_-", startsWithDigit: true, maximumLength: 63)
    /// The name of a process; hosts and versions are common in it, so dots are fine.
    package static let process = NameRule(punctuation: "_.-", startsWithDigit: true, maximumLength: 63)
    /// The name of a variable for templates; without dots, because those lead into its value.
    package static let templateVariable = segment
    /// The name of an environment variable.
    ///
    /// Source: POSIX.1-2017, Base Definitions, section 8.1.
    package static let variable = NameRule(punctuation: "_", startsWithDigit: false, maximumLength: 255)
    /// The name of a cluster property of Redpanda.
    static let clusterProperty = NameRule(
        letters: .lowercase,
        punctuation: "_",
        startsWithDigit: false,
        maximumLength: 255
    )
    /// The prefix of a store's documents: distinct also where letter case does not count, as in SQL.
    package static let storePrefix = NameRule(
        letters: .lowercase,
        punctuation: "_",
        startsWithDigit: true,
        maximumLength: 32
    )

    /// Which letters a name may have.
    enum Letters {
        /// Both cases.
        case any
        /// Small letters only.
        case lowercase
    }

    let letters: Letters
    let punctuation: String
    let startsWithDigit: Bool
    let maximumLength: Int

    init(letters: Letters = .any, punctuation: String, startsWithDigit: Bool, maximumLength: Int) {
        self.letters = letters
        self.punctuation = punctuation
        self.startsWithDigit = startsWithDigit
        self.maximumLength = maximumLength
    }

    /// Says in words what is allowed.
    package var description: String {
        let marks = punctuation.map { " \($0)" }.joined()
        let start = startsWithDigit ? "" : ", not beginning with a digit"
        let dots = punctuation.contains(".") ? ", not only dots" : ""
        let capitals =
            switch letters {
            case .any: "A-Z "
            case .lowercase: ""
            }
        return "1 to \(maximumLength) characters of \(capitals)a-z 0-9\(marks)\(start)\(dots)"
    }

    /// Judges a name; `.` and `..` would lead elsewhere where names become files.
    package func accepts(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= maximumLength else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return (startsWithDigit || !digits.contains(first)) && !name.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): letters == .any
                case UInt8(ascii: "a")...UInt8(ascii: "z"): true
                default: digits.contains(byte) || punctuation.utf8.contains(byte)
                }
            }
    }
}
