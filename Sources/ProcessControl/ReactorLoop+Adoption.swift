internal import CProcessControl
internal import SystemPackage

extension ReactorLoop {
    /// Takes over a child of an earlier gateway; whatever fails, the child stays as it is.
    func adopt(_ child: AdoptableChild, handlers: ChildHandlers) -> Result<ChildProcess, ProcessControlError> {
        do throws(ProcessControlError) {
            return .success(try takeOver(child, handlers: handlers))
        } catch {
            return .failure(error)
        }
    }

    private func takeOver(
        _ adoptable: AdoptableChild,
        handlers: ChildHandlers
    ) throws(ProcessControlError) -> ChildProcess {
        if children.values.contains(where: { $0.record?.file == adoptable.file }) {
            throw adoptable.refusal("it is watched already", remedy: "adopt a child once")
        }
        let pidfd = try openDescriptor(of: adoptable)
        let group = try openGroup(of: adoptable)
        // The descriptors are open: if the proof holds now, they are the child's.
        guard adoptable.isProven else {
            throw adoptable.refusal("it has ended or is another process by now", remedy: "start the child anew")
        }
        let key = nextKey
        nextKey += 1
        let pipes = try reopenPipes(of: adoptable, watching: pidfd, key: key, gate: handlers.gate)
        var death = pc_death()
        // It still is this process's child if the earlier gateway has replaced itself by execve.
        let isOurs = pc_peek_child(pidfd.rawValue, &death) >= 0
        let containment = policy.containment(ofRunning: adoptable.pid, marker: adoptable.record.marker)
        let child = ReactorChild(
            process: adoptable.process(key: key, cgroup: containment.cgroup),
            pidfd: pidfd,
            adoptedGroup: isOurs ? nil : group,
            record: RecordEntry(file: adoptable.file, terms: adoptable.terms),
            pipes: pipes,
            containment: containment,
            handlers: handlers
        )
        if isOurs {
            keysByPid[adoptable.pid] = key
        }
        watch(child)
        lookAtExecutable(of: child, now: .now)
        settleNotification(of: child)
        return child.process
    }

    private func openDescriptor(of child: AdoptableChild) throws(ProcessControlError) -> OwnedDescriptor {
        guard let descriptor = OwnedDescriptor(adopting: pc_pidfd_open(child.pid)) else {
            throw child.failure(.latest)
        }
        return descriptor
    }

    private func reopenPipes(
        of child: AdoptableChild,
        watching pidfd: borrowing OwnedDescriptor,
        key: UInt64,
        gate: (any OutputGate)?
    ) throws(ProcessControlError) -> ChildPipes {
        do throws(Errno) {
            let pipes = try reopenPipes(of: child, key: key, gate: gate)
            try poller.watchDeath(pidfd, key: key)
            return pipes
        } catch {
            throw child.failure(error)
        }
    }

    private func openGroup(of child: AdoptableChild) throws(ProcessControlError) -> AdoptedGroup {
        do throws(Errno) {
            return try AdoptedGroup(pid: child.pid, startTicks: child.startTicks)
        } catch {
            throw child.failure(error)
        }
    }

    /// Tells about a notification that came before the adoption.
    ///
    /// A program closes its descriptor once it has written to it. One that is closed has therefore notified while nobody
    /// listened.
    private func settleNotification(of child: ReactorChild) {
        switch child.record?.terms?.notification {
        case .received:
            receivedNotification(of: child)
        case .awaited where child.pipes.notification == nil:
            receivedNotification(of: child)
        case .awaited, .some(.none), nil:
            break
        }
    }
}

extension AdoptableChild {
    /// The child as its new gateway knows it.
    fileprivate func process(key: UInt64, cgroup: ChildCgroup?) -> ChildProcess {
        ChildProcess(pid: pid, startTicks: startTicks, startedAt: startedAt, key: key, cgroup: cgroup)
    }

    /// The error of an adoption that is not allowed.
    fileprivate func refusal(_ reason: String, remedy: String) -> ProcessControlError {
        ProcessControlError(
            .adoptionRefused,
            "cannot adopt process \(pid) as \(childPath): \(reason)",
            remedy: remedy
        )
    }

    /// The error of an adoption that the system does not let happen.
    fileprivate func failure(_ errno: Errno) -> ProcessControlError {
        switch errno {
        case .noSuchProcess:
            refusal("it has ended", remedy: "start the child anew")
        case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
            ProcessControlError(
                .outOfDescriptors,
                "cannot adopt process \(pid) as \(childPath)",
                remedy: "raise the limit of open files",
                errno: errno
            )
        default:
            ProcessControlError(
                .adoptionRefused,
                "cannot adopt process \(pid) as \(childPath)",
                remedy: "end it and start the child anew",
                errno: errno
            )
        }
    }
}
