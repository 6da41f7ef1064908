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
    /// What those of its children have used that it has waited for, and theirs.
    package let reapedTicks: UInt64
    package let threads: Int
    /// Clock ticks since boot.
    package let startTicks: UInt64
    package let virtualBytes: UInt64
    package let residentPages: UInt64

    /// The resident memory in bytes.
    package var residentBytes: UInt64 { residentPages * UInt64(sysconf(Int32(_SC_PAGESIZE))) }

    /// Whether the process is dead and only waits for its parent.
    package var isDead: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

    /// Whether the process is suspended by a signal or a debugger.
    package var isStopped: Bool { state == UInt8(ascii: "T") || state == UInt8(ascii: "t") }

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
        // The fields after the name, from field 3 of proc(5) on.
        let rest = content[content.index(after: close)...]
        guard let state = rest.dropFirst().first, let fields = Self.numbers(in: rest.dropFirst(2)) else {
            return nil
        }
        // Field 4 of proc(5) is the first number.
        func field<Number: FixedWidthInteger>(_ number: Int) -> Number? { Number(exactly: fields[number - 4]) }
        guard
            let parent: Int32 = field(4), let group: Int32 = field(5), let session: Int32 = field(6),
            let userTicks: UInt64 = field(14), let systemTicks: UInt64 = field(15),
            let reapedUserTicks: UInt64 = field(16), let reapedSystemTicks: UInt64 = field(17),
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
        self.reapedTicks = reapedUserTicks + reapedSystemTicks
        self.threads = threads
        self.startTicks = startTicks
        self.virtualBytes = virtualBytes
        self.residentPages = residentPages
    }

    /// The numbers of the fields 4 to 24, each after one blank; nil if some are missing or no numbers.
    ///
    /// Read in one pass without strings: a look at all processes of a machine reads hundreds of these files.
    private static func numbers(in content: some Collection<UInt8>) -> InlineArray<21, Int64>? {
        var numbers = InlineArray<21, Int64>(repeating: 0)
        var index = content.startIndex
        for field in numbers.indices {
            guard index < content.endIndex, content[index] == UInt8(ascii: " ") else {
                return nil
            }
            content.formIndex(after: &index)
            let isNegative = index < content.endIndex && content[index] == UInt8(ascii: "-")
            if isNegative {
                content.formIndex(after: &index)
            }
            let start = index
            // No field is wider than 64 bits; those that may use all of them, such as field 25, come later.
            while index < content.endIndex, case let digit = content[index] &- UInt8(ascii: "0"), digit < 10 {
                numbers[field] = numbers[field] &* 10 &+ Int64(digit)
                content.formIndex(after: &index)
            }
            if index == start {
                return nil
            }
            if isNegative {
                numbers[field] = -numbers[field]
            }
        }
        return numbers
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
