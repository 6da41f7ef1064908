package import SystemPackage

/// Finds the directory of this process's cgroup v2 from what the kernel says in /proc/self (cgroups(7), proc(5)).
package enum CgroupMembership {
    /// The directory of a process's group.
    ///
    /// - Parameters:
    ///   - membership: /proc/self/cgroup: lines `hierarchy:controllers:path`, of which cgroup v2 has the number 0.
    ///   - mounts: /proc/self/mountinfo.
    /// - Returns: the directory; nil if no mounted hierarchy shows the group.
    package static func directory(membership: [UInt8], mounts: [UInt8]) -> FilePath? {
        let prefix = Array("0::".utf8)
        let lines = membership.split(separator: UInt8(ascii: "\n"))
        guard let line = lines.first(where: { $0.starts(with: prefix) }) else {
            return nil
        }
        let group = FilePath(String(decoding: line.dropFirst(prefix.count), as: UTF8.self))
        // Outside this process's cgroup namespace, the path climbs.
        if group.components.contains("..") {
            return nil
        }
        return Self.mounts(in: mounts).compactMap { $0.directory(of: group) }.first
    }

    /// A mounted part of the hierarchy.
    private struct Mount {
        /// The group that is mounted.
        let root: FilePath
        /// Where.
        let point: FilePath

        func directory(of group: FilePath) -> FilePath? {
            var rest = group
            return rest.removePrefix(root) ? point.pushing(FilePath(root: nil, rest.components)) : nil
        }
    }

    /// The mounts of type cgroup2.
    ///
    /// The fields before " - " are: id, parent, device, root, mount point, and options.
    private static func mounts(in content: [UInt8]) -> [Mount] {
        content.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard
                let separator = fields.firstIndex(of: "-"), separator >= 5,
                fields.dropFirst(separator + 1).first == "cgroup2"
            else {
                return nil
            }
            return Mount(root: FilePath(unescape(fields[3])), point: FilePath(unescape(fields[4])))
        }
    }

    /// Undoes the kernel's `\040` for a blank, and so on.
    private static func unescape(_ field: String) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
