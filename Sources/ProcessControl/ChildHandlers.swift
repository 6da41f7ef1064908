/// Who is told about a child, and about how much of it, on the reactor's thread.
struct ChildHandlers: Sendable {
    let gate: (any OutputGate)?
    let onOutput: @Sendable (OutputLine) -> Void
    let onNotify: @Sendable () -> Void
    let onExit: @Sendable (ProcessExit) -> Void
}
