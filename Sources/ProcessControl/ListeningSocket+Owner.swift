internal import Glibc
internal import SystemPackage

extension ListeningSocket {
    /// Who answers on a port.
    public enum Owner: Equatable, Sendable {
        /// The child, and nobody else.
        case owned
        /// Somebody else, perhaps besides the child; `nil` where this user may not see who it is.
        case other(pid: Int32?, name: String?)
        /// Nobody listens.
        case nobody
        /// It cannot be found out.
        case unknown(reason: String)
    }

    /// Tells who accepts the connections to a TCP port of 127.0.0.1.
    ///
    /// The child is its leader and every process of the leader's group or session. Reads /proc on the calling thread, for
    /// some milliseconds where many processes run, so it is made for being called once after a start; a socket that is
    /// opened or closed meanwhile may be missed.
    ///
    /// - Parameters:
    ///   - port: The port.
    ///   - leader: The child's pid, which is the number of its group and session, too.
    /// - Returns: Who it is.
    public static func owner(ofLoopbackPort port: UInt16, child leader: Int32) -> Owner {
        do throws(ProcessControlError) {
            let inodes = Set(try accepting(port: port).map(\.inode))
            if inodes.isEmpty {
                return .nobody
            }
            let members = try ProcessTable.processes { process in
                !process.isDead && [process.pid, process.group, process.session].contains(leader)
            }
            return try owner(of: inodes, members: members.map(\.pid))
        } catch {
            return .unknown(reason: error.description)
        }
    }

    private static func owner(of inodes: Set<UInt64>, members: [Int32]) throws(ProcessControlError) -> Owner {
        var foreign = inodes
        for member in members {
            guard let sockets = sockets(ofProcess: member) else {
                return .unknown(reason: "cannot list the descriptors of process \(member); run as its user or as root")
            }
            foreign.subtract(sockets)
        }
        if foreign.isEmpty {
            return .owned
        }
        let holder = try ProcessTable.processes { process in
            !process.isDead && sockets(ofProcess: process.pid).map { !$0.isDisjoint(with: foreign) } ?? false
        }.first
        return .other(pid: holder?.pid, name: holder.flatMap { name(ofProcess: $0.pid) })
    }

    /// The numbers of the sockets that a process has open; nil where this user may not see them.
    ///
    /// A process that has ended meanwhile has none.
    private static func sockets(ofProcess pid: Int32) -> Set<UInt64>? {
        let directory = "/proc/\(pid)/fd"
        guard let stream = opendir(directory) else {
            return errno == ENOENT ? [] : nil
        }
        defer { closedir(stream) }
        var inodes: Set<UInt64> = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let inode = socket(behind: "\(directory)/\(name)") {
                inodes.insert(inode)
            }
        }
        return inodes
    }

    /// The number in a link such as `socket:[12345]`.
    private static func socket(behind link: String) -> UInt64? {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { readlink(link, $0, bytes.count) } ?? 0 }
        }
        guard count > 0 else {
            return nil
        }
        let target = String(decoding: buffer.prefix(count), as: UTF8.self)
        return target.hasPrefix("socket:[") ? UInt64(target.dropFirst("socket:[".count).dropLast()) : nil
    }

    /// The name of a process's program; nil if it has ended.
    private static func name(ofProcess pid: Int32) -> String? {
        // The pid alone is a good answer, too.
        guard let content = try? SmallFile.read(FilePath("/proc/\(pid)/comm")) else {
            return nil
        }
        return String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
