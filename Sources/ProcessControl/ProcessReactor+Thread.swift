internal import CProcessControl
internal import SystemPackage

extension ProcessReactor {
    /// Starts the thread; returns its mailbox.
    static func start(records: ChildRecordDirectory?, adoptsOrphans: Bool) throws(Errno) -> ReactorMailbox {
        pc_keep_dead_children()
        if adoptsOrphans, pc_become_subreaper() < 0 {
            throw .latest
        }
        let poller = try ReactorPoller(adoptsOrphans: adoptsOrphans)
        let mailbox = ReactorMailbox(poller: poller)
        try DedicatedThread.start(name: "processes", allowsChildSignal: adoptsOrphans) {
            ReactorLoop(poller: poller, mailbox: mailbox, records: records).run()
        }
        return mailbox
    }
}
