/// What a supervised program says as its first act.
struct ChildReport {
    let name: String
    let pid: Int32
    let time: MonotonicTime

    /// Reads the line `NAME PID NANOSECONDS`; nil when it is something else.
    init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 3, let pid = Int32(words[1]), let nanoseconds = Int64(words[2]) else { return nil }
        self.name = String(words[0])
        self.pid = pid
        self.time = MonotonicTime(nanoseconds: nanoseconds)
    }
}
