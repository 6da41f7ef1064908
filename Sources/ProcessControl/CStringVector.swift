internal import Glibc

/// Strings as the kernel wants them: a vector of C strings that ends in a null pointer.
struct CStringVector: ~Copyable {
    private let storage: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

    init(_ strings: [String]) {
        storage = .allocate(capacity: strings.count + 1)
        storage.initialize(repeating: nil)
        for (index, string) in strings.enumerated() {
            storage[index] = strdup(string)
        }
    }

    deinit {
        for string in storage {
            free(string)
        }
        storage.deallocate()
    }

    /// Null only for an empty buffer, which this never is.
    var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { storage.baseAddress }
}
