internal import Glibc

/// What /proc says about one process.
struct ProcessFigures {
    let pid: Int32

    /// User and system time so far, in seconds.
    var processorSeconds: Double? {
        // The name in parentheses may hold blanks; utime and stime are the 12th and 13th words after it.
        guard let text = TextFile.read("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let words = text[text.index(after: end)...].split(separator: " ")
        guard words.count > 12, let user = Double(words[11]), let system = Double(words[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory in megabytes (10^6 bytes).
    var residentMegabytes: Double? { kilobytes("VmRSS", in: "status").map { $0 * 1024 / 1e6 } }

    /// Resident memory in megabytes, shared pages divided among their users.
    var proportionalMegabytes: Double? { kilobytes("Pss", in: "smaps_rollup").map { $0 * 1024 / 1e6 } }

    var threads: Double? { kilobytes("Threads", in: "status") }

    /// Threads that libdispatch starts and ends as it sees fit, on which the language's runtime runs all tasks; known by
    /// the names that it gives them.
    var poolThreads: Double {
        let names = TextFile.names(in: "/proc/\(pid)/task").compactMap { TextFile.read("/proc/\(pid)/task/\($0)/comm") }
        return Double(names.count { $0.contains("-qos") })
    }

    var descriptors: Double { Double(TextFile.names(in: "/proc/\(pid)/fd").count) }

    /// Those of the descriptors that are sockets.
    var sockets: Double {
        let targets = TextFile.names(in: "/proc/\(pid)/fd").compactMap { TextFile.linkTarget("/proc/\(pid)/fd/\($0)") }
        return Double(targets.count { $0.hasPrefix("socket:") })
    }

    private func kilobytes(_ key: String, in file: String) -> Double? {
        guard let text = TextFile.read("/proc/\(pid)/\(file)") else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("\(key):") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            return words.count > 1 ? Double(words[1]) : nil
        }
        return nil
    }
}
