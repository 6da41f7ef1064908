internal import SystemPackage

/// A value in a child's environment that its descendants inherit, and that no other start on any machine shares.
///
/// It tells whose they are when they have left everything else behind.
package struct ChildMarker: Hashable, Sendable {
    /// The environment variable that holds it.
    package static let variable = "GATEWARDEN_CHILD_ID"
    /// The kernel lets an environment be larger, up to a quarter of the stack's limit; what stands behind this is not seen.
    private static let environmentLimit = 2 * 1024 * 1024

    /// Thirty-two hexadecimal digits.
    package let text: String

    /// A new marker.
    package init(using generator: inout some RandomNumberGenerator) {
        text = (0..<4).map { _ in
            let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }.joined()
    }

    /// What a process's environment says.
    package enum Finding: Equatable, Sendable {
        /// It names a child.
        case marker(ChildMarker)
        /// It names none, or this user may not see it.
        case unmarked
        /// There is no environment: it was taken away, or the process is just being replaced by another program.
        case empty
    }

    /// Looks into the environment of a living process.
    static func find(in pid: Int32) -> Finding {
        do {
            return find(in: try SmallFile.read(FilePath("/proc/\(pid)/environ"), limit: environmentLimit))
        } catch {
            return .unmarked
        }
    }

    /// Looks into an environment as /proc/PID/environ shows it: entries that each end in NUL.
    package static func find(in environment: [UInt8]) -> Finding {
        if environment.isEmpty {
            return .empty
        }
        let prefix = Array("\(variable)=".utf8)
        for entry in environment.split(separator: 0) where entry.starts(with: prefix) {
            return .marker(ChildMarker(text: String(decoding: entry.dropFirst(prefix.count), as: UTF8.self)))
        }
        return .unmarked
    }

    /// A marker that was found.
    package init(text: String) {
        self.text = text
    }
}
