internal import SystemPackage

extension ReactorLoop {
    /// Changes what is recorded for the adoption of a child, if it is to be adopted.
    func updateTerms(of child: ReactorChild, _ change: (inout AdoptionTerms) -> Void) {
        if var terms = child.record?.terms {
            change(&terms)
            child.record?.update(terms)
        }
    }

    /// Records which program a child runs by now.
    func lookAtExecutable(of child: ReactorChild, now: ContinuousClock.Instant) {
        if let executable = RunningExecutable.path(pid: child.process.pid) {
            updateTerms(of: child) { $0.executable = executable }
        }
        scheduleLook(of: child, now: now)
    }

    /// Sets the time of the next look at a child's executable, if there is to be one.
    func scheduleLook(of child: ReactorChild, now: ContinuousClock.Instant) {
        if let delay = child.record?.looks.next() {
            setDeadline(now.advanced(by: delay), of: child)
        } else {
            cancelDeadline(of: child)
        }
    }
}
