internal import CProcessControl
internal import Glibc
package import SystemPackage

/// How to reach the group of a child that somebody else reaps: its number may be free, and another's, at any time.
package final class AdoptedGroup {
    private let leader: OwnedDescriptor
    private let pid: Int32
    private let startTicks: UInt64
    /// Since Linux 6.9, the kernel finds the group by the descriptor of its leader, whatever the number means by now.
    private let isReachableByDescriptor: Bool

    /// The group of a leader, whose start time is to be compared after this.
    ///
    /// - Parameters:
    ///   - pid: the leader's pid, and the group's number.
    ///   - startTicks: the leader's start time.
    ///   - mayUseDescriptor: false does without what Linux 6.9 brought.
    /// - Throws: the reason why the leader cannot be opened.
    package init(pid: Int32, startTicks: UInt64, mayUseDescriptor: Bool = true) throws(Errno) {
        guard let leader = OwnedDescriptor(adopting: pc_pidfd_open(pid)) else {
            throw .latest
        }
        isReachableByDescriptor =
            mayUseDescriptor && (pc_pidfd_signal_group(leader.rawValue, 0) == 0 || Errno.latest != .invalidArgument)
        self.leader = consume leader
        self.pid = pid
        self.startTicks = startTicks
    }

    /// Sends a signal to every process of the group.
    package func send(_ signal: ProcessSignal) {
        if isReachableByDescriptor {
            // It fails only if the group is empty.
            pc_pidfd_signal_group(leader.rawValue, signal.rawValue)
        } else {
            for member in provenMembers() ?? [] {
                member.send(signal)
            }
        }
    }

    /// Whether nobody of the group lives.
    ///
    /// - Parameter scan: whether to read the state of every process: dead ones whose parent does not reap them keep the group
    ///   in the kernel's books.
    /// - Returns: false also where /proc cannot be read.
    package func isEmpty(scan: Bool) -> Bool {
        if isReachableByDescriptor {
            if pc_pidfd_signal_group(leader.rawValue, 0) < 0, Errno.latest == .noSuchProcess {
                return true
            }
            // If /proc cannot be read, the kernel's answer stands.
            return scan && (try? ProcessTable.hasLivingMember(group: pid)) == false
        }
        return provenMembers()?.isEmpty == true
    }

    /// The living members that are no younger group's; nil where /proc cannot be read.
    ///
    /// While the number is the old group's, no process of another start time has it as its pid.
    private func provenMembers() -> [ProcStat]? {
        // A failure to list /proc is the nil of the result.
        guard let members = try? ProcessTable.processes(where: { $0.group == pid || $0.pid == pid }) else {
            return nil
        }
        if members.contains(where: { $0.pid == pid && $0.startTicks != startTicks }) {
            return []
        }
        return members.filter { $0.startTicks >= startTicks && !$0.isDead }
    }
}
