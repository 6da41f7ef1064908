extension Supervisor {
    /// How long a child that could not be made is left alone.
    private static let creationBackoff = Backoff()

    /// Makes a child's supervisor where there is none, and finishes a retirement once nothing of the child runs.
    func reconcile(_ index: Int, _ context: TickContext) {
        if let retirement = slots[index].retirement, slots[index].isAtRest {
            if let retired = slots[index].supervisor {
                registry.remove(retired.identity)
                context.emit(.childRemoved(retired.identity))
            }
            slots[index].supervisor = nil
            slots[index].isReleased = false
            switch retirement {
            case .replace: slots[index].retirement = nil
            case .remove: return
            }
        }
        if slots[index].supervisor == nil, slots[index].retirement == nil { create(index, context) }
    }

    /// Decides what a child should do now, given what it and its siblings are doing.
    ///
    /// A child starts once what it depends on is ready, and stops once those that depend on it and should stop as well
    /// have stopped.
    func assignTarget(_ index: Int) -> DesiredState {
        switch wanted(index) {
        case .running:
            if dependencies.dependencies[index].allSatisfy({ slots[$0].isReady }) { slots[index].isReleased = true }
            return slots[index].isReleased ? .running : .stopped
        case .stopped:
            if slots[index].isAtRest { slots[index].isReleased = false }
            let isNeeded = dependencies.dependents[index].contains { wanted($0) == .stopped && !slots[$0].isAtRest }
            return isNeeded ? slots[index].supervisor?.target ?? .stopped : .stopped
        }
    }

    /// The names of the dependencies that a child waits for before its first start.
    func missingDependencies(_ index: Int) -> [String] {
        guard wanted(index) == .running, !slots[index].isReleased else { return [] }
        return dependencies.dependencies[index].filter { !slots[$0].isReady }.map { slots[$0].spec.name }
    }

    /// Begins to take a child's supervisor out; asking again for the same changes nothing.
    func retire(_ child: WorkerIdentity, _ retirement: ChildSlot.Retirement) {
        guard let index = slots.firstIndex(where: { $0.supervisor?.identity == child }) else { return }
        if slots[index].retirement != .remove { slots[index].retirement = retirement }
    }

    private func wanted(_ index: Int) -> DesiredState {
        slots[index].wanted(parentTarget: target, parentState: machine.condition.state)
    }

    private func create(_ index: Int, _ context: TickContext) {
        let attempts = slots[index].failedCreation?.attempts ?? 0
        if let failed = slots[index].failedCreation, context.now < failed.retryAt { return }
        let path = identity.path.appending(slots[index].spec.name)
        do {
            let child = try registry.make(slots[index].spec, path: path, parent: self)
            slots[index].supervisor = child
            slots[index].failedCreation = nil
            context.emit(.childCreated(child.identity, children: child.slots.map(\.spec.name)))
        } catch {
            let delay = Self.creationBackoff.delay(afterAttempts: attempts)
            slots[index].failedCreation = ChildSlot.FailedCreation(
                error: String(describing: error),
                attempts: attempts + 1,
                retryAt: context.now.advanced(by: delay)
            )
            context.emit(.childCreationFailed(path, error: String(describing: error), retryAfter: delay))
        }
    }
}
