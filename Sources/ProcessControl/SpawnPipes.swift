internal import CProcessControl

/// The pipes between the gateway and a child that is being started.
struct SpawnPipes: ~Copyable {
    /// What the gateway keeps.
    let reading: ChildPipes
    /// The child's standard output.
    let standardOutput: OwnedDescriptor
    /// The child's standard error.
    let standardError: OwnedDescriptor
    private let notification: OwnedDescriptor?

    /// Where the child says that it is ready, or -1.
    var notificationDescriptor: Int32 {
        switch notification {
        case .some(let descriptor): descriptor.rawValue
        case .none: -1
        }
    }

    /// The pipes of a child that says nothing of being ready.
    init(output: consuming PipeEnds, error: consuming PipeEnds, gate: (any OutputGate)?) {
        reading = ChildPipes(
            standardOutput: OutputPipe(descriptor: output.reading, stream: .stdout, gate: gate),
            standardError: OutputPipe(descriptor: error.reading, stream: .stderr, gate: gate),
            notification: nil
        )
        standardOutput = output.writing
        standardError = error.writing
        notification = nil
    }

    /// The pipes of a child that says when it is ready.
    init(
        output: consuming PipeEnds,
        error: consuming PipeEnds,
        notification: consuming PipeEnds,
        gate: (any OutputGate)?
    ) {
        reading = ChildPipes(
            standardOutput: OutputPipe(descriptor: output.reading, stream: .stdout, gate: gate),
            standardError: OutputPipe(descriptor: error.reading, stream: .stderr, gate: gate),
            notification: NotificationPipe(descriptor: notification.reading)
        )
        standardOutput = output.writing
        standardError = error.writing
        self.notification = .some(notification.writing)
    }

    /// What the next gateway needs to find these pipes again.
    func terms(of spec: ProcessSpec, running executable: String) -> AdoptionTerms {
        AdoptionTerms(
            digest: spec.digest,
            executable: executable,
            standardOutput: pc_pipe_inode(standardOutput.rawValue),
            standardError: pc_pipe_inode(standardError.rawValue),
            notification: awaitedNotification(on: spec.notifyDescriptor)
        )
    }

    private func awaitedNotification(on number: Int32?) -> AdoptionTerms.Notification {
        number.map { .awaited(descriptor: $0, inode: pc_pipe_inode(notificationDescriptor)) } ?? .none
    }
}
