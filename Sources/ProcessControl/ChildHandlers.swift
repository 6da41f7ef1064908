/// Who is told about a child, on the reactor's thread.
struct ChildHandlers: Sendable {
    let onOutput: @Sendable (OutputLine) -> Void
    let onNotify: @Sendable () -> Void
    let onExit: @Sendable (ProcessExit) -> Void
}
