internal import Glibc

/// Why a measurement could not be made.
struct BenchmarkError: Error, CustomStringConvertible {
    /// What failed, on what, and what to do next.
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A failed system call.
    static func system(_ what: String, _ number: Int32 = errno) -> BenchmarkError {
        BenchmarkError("\(what): \(String(cString: strerror(number)))")
    }
}
