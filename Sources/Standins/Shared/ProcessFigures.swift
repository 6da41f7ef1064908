import Glibc

/// What `/proc` says about this process.
public struct ProcessFigures: Sendable, Equatable {
    /// User and system time in seconds.
    public var cpuSeconds = 0.0
    /// The limit of open descriptors.
    public var maximumDescriptors = 0.0
    /// Open descriptors.
    public var openDescriptors = 0.0
    /// Bytes in, of the network namespace.
    public var networkReceived = 0.0
    /// Bytes out, of the network namespace.
    public var networkTransmitted = 0.0
    /// Resident memory in bytes.
    public var residentMemory = 0.0
    /// Start in seconds since the Unix epoch.
    public var startTime = 0.0
    /// Virtual memory in bytes.
    public var virtualMemory = 0.0
    /// The limit of virtual memory in bytes.
    public var maximumVirtualMemory = 0.0

    /// Reads the figures now.
    ///
    /// Blocks for the length of a few reads from `/proc`. What cannot be read stays zero.
    public init() {
        // Field numbers: proc(5), counted behind the closing parenthesis of the command's name.
        let status = Self.text("/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        func field(_ number: Int) -> Double {
            status.indices.contains(number - 3) ? Double(status[number - 3]) ?? 0 : 0
        }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        cpuSeconds = (field(14) + field(15)) / ticks
        virtualMemory = field(23)
        residentMemory = field(24) * Double(sysconf(Int32(_SC_PAGESIZE)))
        startTime = Self.bootTime() + field(22) / ticks
        openDescriptors = Double(Self.entries("/proc/self/fd"))
        maximumDescriptors = Self.limit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue))
        maximumVirtualMemory = Self.limit(__rlimit_resource_t(RLIMIT_AS.rawValue))
        (networkReceived, networkTransmitted) = Self.octets()
    }

    private static func text(_ path: String) -> String {
        // A figure that the kernel withholds is reported as zero.
        (try? FileText.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func bootTime() -> Double {
        let line = text("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) } ?? 0
    }

    private static func entries(_ path: String) -> Int {
        guard let folder = opendir(path) else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Neither `.` and `..` nor the descriptor of this very listing.
        return max(0, count - 3)
    }

    private static func limit(_ resource: __rlimit_resource_t) -> Double {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 0 }
        return Double(limit.rlim_cur)
    }

    private static func octets() -> (received: Double, transmitted: Double) {
        let lines = text("/proc/self/net/netstat").split(separator: "\n").filter { $0.hasPrefix("IpExt:") }
        guard lines.count == 2 else { return (0, 0) }
        let names = lines[0].split(separator: " ")
        let values = lines[1].split(separator: " ")
        func value(_ name: String) -> Double {
            names.firstIndex { $0 == name }.flatMap { values.indices.contains($0) ? Double(values[$0]) : nil } ?? 0
        }
        return (value("InOctets"), value("OutOctets"))
    }
}
