/// What an action is called in the log and in exemplars: 16 hexadecimal digits.
///
/// It leads from a duration in a histogram to the lines of the log about that action.
struct ActionID: CustomStringConvertible {
    let number: UInt64

    init(_ number: UInt64) {
        self.number = number
    }

    var description: String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
