/// The reading ends of what a child writes to.
struct ChildPipes {
    let standardOutput: OutputPipe
    let standardError: OutputPipe
    let notification: NotificationPipe?
}
