internal import CProcessControl
internal import SystemPackage

extension ProcessReactor {
    /// Starts the thread; returns its mailbox.
    static func start(records: ChildRecordDirectory?, policy: ContainmentPolicy) throws(Errno) -> ReactorMailbox {
        pc_keep_dead_children()
        if policy.adoptsOrphans, pc_become_subreaper() < 0 {
            throw .latest
        }
        let poller = try ReactorPoller(adoptsOrphans: policy.adoptsOrphans)
        let mailbox = ReactorMailbox(poller: poller)
        try DedicatedThread.start(name: "processes", allowsChildSignal: policy.adoptsOrphans) {
            ReactorLoop(poller: poller, mailbox: mailbox, records: records, policy: policy).run()
        }
        return mailbox
    }
}
