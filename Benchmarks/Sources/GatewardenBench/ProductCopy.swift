internal import Glibc

/// A copy of the measured binary, which a build in the meantime does not replace.
struct ProductCopy {
    let path: String

    /// Copies into the system's temporary directory.
    init(of binary: String) throws {
        path = "/tmp/gatewarden-bench-product-\(getpid())"
        do {
            try TextFile.copyProgram(binary, to: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    func remove() {
        unlink(path)
    }
}
