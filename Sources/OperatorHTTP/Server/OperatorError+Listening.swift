import Glibc
import NIOCore

extension OperatorError {
    /// Describes why an address or a socket path cannot be listened on.
    ///
    /// - Parameters:
    ///   - place: The address or the path.
    ///   - error: What NIO or the operating system said.
    ///   - option: The command-line option that changes the place.
    /// - Returns: An error with ``Code/cannotListen``.
    static func cannotListen(on place: String, _ error: any Error, option: String) -> OperatorError {
        let meaning: String
        if let error = error as? IOError {
            meaning = Self.meaning(ofErrno: error.errnoCode, option: option) ?? error.description
        } else if let error = error as? SocketAddressError.UnknownHost {
            meaning = "the host \(error.host) has no address; give another one with \(option)"
        } else {
            meaning = "\(error)"
        }
        return OperatorError(code: .cannotListen, message: "cannot listen on \(place): \(meaning)")
    }

    private static func meaning(ofErrno code: CInt, option: String) -> String? {
        switch code {
        case EADDRINUSE: "the address is in use; stop who listens there or give another one with \(option)"
        case EACCES, EPERM: "permission denied; give one that this user may use with \(option)"
        case EADDRNOTAVAIL: "no interface of this machine has the address; give another one with \(option)"
        case ENOENT, ENOTDIR: "the directory does not exist; create it or give another one with \(option)"
        case EROFS: "the file system is read-only; give another place with \(option)"
        default: nil
        }
    }
}
