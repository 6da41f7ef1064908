import Glibc

/// A socket at which a journal's clients send entries.
final class JournalListener {
    /// An entry, and how it came.
    struct Entry: Equatable {
        let bytes: [UInt8]
        /// The seals of the memory file that it came in; nil for an ordinary datagram.
        let seals: Int32?
    }

    let folder: String
    var path: String { "\(folder)/socket" }
    private let descriptor: Int32
    /// `F_GET_SEALS` of fcntl(2), which Swift's Glibc module does not have.
    private static let getSeals: Int32 = 1034

    init() throws {
        var template = Array("/tmp/journal-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(step: "mkdtemp", number: errno) }
        folder = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try bind()
    }

    deinit {
        close(descriptor)
        unlink(path)
        unlink("\(folder)/fields")
        rmdir(folder)
    }

    /// Waits for an entry.
    func receive() throws -> Entry {
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        var control = [UInt64](repeating: 0, count: 8)
        let (count, rights) = bytes.withUnsafeMutableBytes { bytes in
            control.withUnsafeMutableBytes { control in
                var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
                return withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    message.msg_iov = part
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = control.count
                    let count = recvmsg(descriptor, &message, 0)
                    return (count, message.msg_controllen > 0 ? control.load(fromByteOffset: 16, as: Int32.self) : nil)
                }
            }
        }
        guard count >= 0 else { throw Failure(step: "recvmsg", number: errno) }
        guard let file = rights else { return Entry(bytes: Array(bytes.prefix(count)), seals: nil) }
        defer { close(file) }
        return Entry(bytes: Self.content(of: file), seals: fcntl(file, Self.getSeals))
    }

    private func bind() throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure(step: "bind", number: errno) }
    }

    private static func content(of file: Int32) -> [UInt8] {
        let size = Int(lseek(file, 0, SEEK_END))
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = max(0, pread(file, buffer.baseAddress, size, 0))
        }
    }

    struct Failure: Error {
        let step: String
        let number: Int32
    }
}
