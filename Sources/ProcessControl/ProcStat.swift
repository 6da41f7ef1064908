internal import Glibc
internal import SystemPackage

/// What the kernel says about a process in /proc/PID/stat (proc(5)).
package struct ProcStat: Equatable, Sendable {
    package let pid: Int32
    package let state: UInt8
    package let parent: Int32
    package let group: Int32
    package let session: Int32
    package let userTicks: UInt64
    package let systemTicks: UInt64
    package let threads: Int
    /// Clock ticks since boot.
    package let startTicks: UInt64
    package let virtualBytes: UInt64
    package let residentPages: UInt64

    /// Whether the process is dead and only waits for its parent.
    package var isDead: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

    /// Understands the content of a stat file; nil if it is torn.
    package init?(parsing content: some BidirectionalCollection<UInt8>) {
        // The command's name stands in parentheses and may contain anything, more parentheses included.
        guard
            let open = content.firstIndex(of: UInt8(ascii: "(")),
            let close = content.lastIndex(of: UInt8(ascii: ")")), open < close,
            content.last == UInt8(ascii: "\n"),
            let pid = Int32(String(decoding: content[..<open].dropLast(), as: UTF8.self))
        else {
            return nil
        }
        let fields = content[close...].dropFirst().split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
        // Field 3 of proc(5) is the first after the name.
        func field<Number: FixedWidthInteger>(_ number: Int) -> Number? {
            fields.count > number - 3 ? Number(String(decoding: fields[number - 3], as: UTF8.self)) : nil
        }
        guard
            let state = fields.first?.first,
            let parent: Int32 = field(4), let group: Int32 = field(5), let session: Int32 = field(6),
            let userTicks: UInt64 = field(14), let systemTicks: UInt64 = field(15),
            let threads: Int = field(20), let startTicks: UInt64 = field(22),
            let virtualBytes: UInt64 = field(23), let residentPages: UInt64 = field(24)
        else {
            return nil
        }
        self.pid = pid
        self.state = state
        self.parent = parent
        self.group = group
        self.session = session
        self.userTicks = userTicks
        self.systemTicks = systemTicks
        self.threads = threads
        self.startTicks = startTicks
        self.virtualBytes = virtualBytes
        self.residentPages = residentPages
    }

    /// Reads the state of a process.
    ///
    /// - Returns: nil if there is no such process.
    /// - Throws: `statisticsUnavailable` if /proc cannot be read or understood.
    package static func read(pid: Int32) throws(ProcessControlError) -> ProcStat? {
        let path = FilePath("/proc/\(pid)/stat")
        do {
            guard let stat = ProcStat(parsing: try SmallFile.read(path)) else {
                throw ProcStat.unavailable(path, nil)
            }
            return stat
        } catch let errno as Errno {
            // A process that ends between open and read is reported as ESRCH.
            if errno == .noSuchFileOrDirectory || errno == .noSuchProcess {
                return nil
            }
            throw unavailable(path, errno)
        } catch let error as ProcessControlError {
            throw error
        } catch {
            throw unavailable(path, nil)
        }
    }

    private static func unavailable(_ path: FilePath, _ errno: Errno?) -> ProcessControlError {
        ProcessControlError(
            .statisticsUnavailable,
            "cannot read \(path)",
            remedy: "mount /proc and let this user see its processes",
            errno: errno
        )
    }
}
