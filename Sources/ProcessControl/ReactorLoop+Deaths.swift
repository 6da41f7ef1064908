internal import CProcessControl
internal import Glibc
internal import SystemPackage

extension ReactorLoop {
    /// How many dead orphans are reaped before deaths and commands are looked at again.
    private static let orphanBatch = 64
    /// How long pipes are read after the end of the group, when a process outside it holds them open.
    private static let outputLinger = Duration.seconds(1)

    /// The leader of a child has died: settles the rest of its group, then reaps it.
    func handleDeath(key: UInt64) {
        guard let child = children[key], let pidfd = child.pidfd?.rawValue else {
            return
        }
        var death = pc_death()
        let found = pc_peek_child(pidfd, &death)
        if found == 0 {
            return
        }
        let now = ContinuousClock.now
        let pid = child.process.pid
        // If foreign code in this process has reaped the child, nothing is known of its end, and its number is free.
        let isOurs = found == 1
        switch child.lifecycle.leaderDied() {
        case .killGroupAndReap where isOurs: kill(-pid, SIGKILL)
        case .killGroupAndReap where child.adoptedGroup != nil: signalGroup(of: child, .kill)
        case .killGroupAndReap, .reap: break
        }
        var usage = pc_usage()
        let isReaped = isOurs && pc_reap(pid, &usage) == 0
        child.pidfd = nil
        if keysByPid[pid] == key {
            keysByPid[pid] = nil
        }
        child.death = ReactorChild.Death(
            status: isReaped ? ProcessExit.Status(death) : .unknown,
            at: now,
            usage: ResourceUsage(usage)
        )
        checkGroup(of: child, now: now)
    }

    /// Looks whether anything is left of a group whose leader is reaped.
    func checkGroup(of child: ReactorChild, now: ContinuousClock.Instant) {
        switch child.lifecycle.groupChecked(isEmpty: isGroupEmpty(of: child)) {
        case .sweep:
            beginSweep(of: child, now: now)
        case .killAgain:
            signalGroup(of: child, .kill)
            setDeadline(now.advanced(by: child.drain.next()), of: child)
        case .wait:
            setDeadline(now.advanced(by: child.drain.next()), of: child)
        }
    }

    /// Sends what was asked for, as long as the group is provably the child's: its number cannot be given to another
    /// process while the leader is not reaped or a member is left.
    func send(_ signals: ReactorMailbox.PendingSignals, to child: ReactorChild) {
        if signals.terminate {
            child.lifecycle.terminationRequested()
        }
        if signals.kill {
            child.lifecycle.killRequested()
        }
        switch child.lifecycle.phase {
        case .running:
            sendToLeader(signals.toLeader, of: child)
            sendToGroup(signals, of: child)
        case .sweeping:
            setDeadline(.now, of: child)
        case .draining:
            checkGroup(of: child, now: .now)
            if child.lifecycle.phase == .draining {
                sendToGroup(signals, of: child)
            }
        case .ended:
            break
        }
    }

    /// Reaps dead processes that became children of the gateway by the death of their parents.
    func reapOrphans() {
        var death = pc_death()
        var count = 0
        while pc_peek_any(&death) == 1 {
            if let key = keysByPid[death.pid] {
                handleDeath(key: key)
            } else {
                var usage = pc_usage()
                pc_reap(death.pid, &usage)
            }
            count += 1
            if count == Self.orphanBatch {
                poller.noteChildSignal()
                break
            }
        }
        for key in Array(timed) {
            guard let child = children[key] else {
                continue
            }
            switch child.lifecycle.phase {
            case .draining: checkGroup(of: child, now: .now)
            case .sweeping: setDeadline(.now, of: child)
            case .running, .ended: break
            }
        }
    }

    /// Stops reading what a process outside the group may still write.
    func giveUpOutput(of child: ReactorChild) {
        child.pipes.standardOutput.close(deliver: child.handlers.onOutput)
        child.pipes.standardError.close(deliver: child.handlers.onOutput)
        forget(child)
    }

    /// Forgets a child once nothing of it is left.
    func forget(_ child: ReactorChild) {
        cancelDeadline(of: child)
        children[child.process.key] = nil
    }

    private func sendToLeader(_ signals: UInt64, of child: ReactorChild) {
        guard signals != 0, let pidfd = child.pidfd?.rawValue else {
            return
        }
        for bit in 0..<Int32(UInt64.bitWidth) where signals & (1 << UInt64(bit)) != 0 {
            // It fails only if the leader is dead, and that event is on its way.
            pc_pidfd_send_signal(pidfd, bit + 1)
        }
    }

    private func sendToGroup(_ signals: ReactorMailbox.PendingSignals, of child: ReactorChild) {
        if signals.terminate {
            signalGroup(of: child, .terminate)
            // One that was stopped would not hear it.
            signalGroup(of: child, ProcessSignal(rawValue: SIGCONT))
        }
        if signals.kill {
            signalGroup(of: child, .kill)
        }
    }

    private func signalGroup(of child: ReactorChild, _ signal: ProcessSignal) {
        if let group = child.adoptedGroup {
            group.send(signal)
        } else {
            kill(-child.process.pid, signal.rawValue)
        }
    }

    private func isGroupEmpty(of child: ReactorChild) -> Bool {
        if let group = child.adoptedGroup {
            return group.isEmpty(scan: child.drain.needsScan)
        }
        if kill(-child.process.pid, 0) < 0, Errno.latest == .noSuchProcess {
            return true
        }
        guard child.drain.needsScan else {
            return false
        }
        // If /proc cannot be read, the signal's answer stands.
        return (try? ProcessTable.hasLivingMember(group: child.process.pid)) == false
    }

    /// Reports the end of a child of which nothing is left.
    func end(_ child: ReactorChild, now: ContinuousClock.Instant) {
        readRemainingOutput(of: child)
        let usage = child.containment.cgroup?.usage
        // One that cannot be removed is left to the next start of the gateway.
        child.containment.cgroup?.remove()
        readNotification(key: child.process.key)
        child.pipes.notification?.close()
        child.record?.remove()
        mailbox.ended(child.process.key)
        // Before anybody is told: who counts descriptors then finds none of the child's.
        if child.isOutputClosed || isClosing {
            giveUpOutput(of: child)
        } else {
            setDeadline(now.advanced(by: Self.outputLinger), of: child)
        }
        if let death = child.death {
            child.handlers.onExit(
                ProcessExit(
                    child: child.process,
                    status: death.status,
                    stopRequested: child.lifecycle.stopRequested,
                    endedAt: death.at,
                    usage: usage.map { death.usage.including($0) } ?? death.usage
                )
            )
        }
    }
}

extension ProcessExit.Status {
    fileprivate init(_ death: pc_death) {
        if death.exited == 1 {
            self = .exited(code: death.status)
        } else {
            self = .signaled(ProcessSignal(rawValue: death.status), coreDumped: death.core_dumped == 1)
        }
    }
}

extension ResourceUsage {
    fileprivate init(_ usage: pc_usage) {
        userTime = .microseconds(usage.user_microseconds)
        systemTime = .microseconds(usage.system_microseconds)
        maxResidentBytes = UInt64(clamping: usage.max_resident_kibibytes) * 1024
    }
}
