internal import CProcessControl
internal import Glibc

extension ProcStat {
    /// The most processes that are waited for at once; the others are found by the next look.
    private static let watchLimit = 64

    /// Sends a signal to the process if it is still the one that was seen.
    func send(_ signal: ProcessSignal) {
        // A pid may be reused at any time, the descriptor of a process may not: opened first, compared then.
        guard let descriptor = OwnedDescriptor(adopting: pc_pidfd_open(pid)) else {
            return
        }
        // An unreadable process cannot be proved to be the same: it is left alone.
        if let present = try? ProcStat.read(pid: pid), present.startTicks == startTicks {
            // It fails only if the process has died meanwhile.
            pc_pidfd_send_signal(descriptor.rawValue, signal.rawValue)
        }
    }

    /// Waits until one of the processes ends.
    static func waitForAny(_ processes: [ProcStat], within limit: Duration) {
        let descriptors = processes.prefix(watchLimit).map { pc_pidfd_open($0.pid) }
        defer {
            for descriptor in descriptors where descriptor >= 0 {
                close(descriptor)
            }
        }
        // One that cannot be opened has ended.
        if descriptors.allSatisfy({ $0 >= 0 }) {
            let milliseconds = limit / .milliseconds(1)
            pc_poll_any(descriptors, Int32(descriptors.count), Int32(min(milliseconds.rounded(.up), 60_000)))
        }
    }
}
