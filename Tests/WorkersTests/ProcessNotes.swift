import ProcessControl
import Supervision
import Workers

/// Takes note of what happens to processes.
struct ProcessNotes: ProcessListener {
    enum Note: Sendable, Equatable {
        case started(Int32)
        case adopted(Int32)
        case superseded(Int32)
        case ended(ProcessExit.Status)
        case wrote(String)
    }

    let stream: AsyncStream<Note>
    private let sink: AsyncStream<Note>.Continuation

    init() {
        (stream, sink) = AsyncStream.makeStream()
    }

    func limitsNotApplied(_ path: HierarchyPath, _ limits: [UnappliedLimit]) {}

    func processStarted(_ path: HierarchyPath, _ child: ChildProcess) {
        sink.yield(.started(child.pid))
    }

    func processAdopted(_ path: HierarchyPath, _ child: ChildProcess) {
        sink.yield(.adopted(child.pid))
    }

    func processSuperseded(_ path: HierarchyPath, _ child: ChildProcess) {
        sink.yield(.superseded(child.pid))
    }

    func processEnded(_ path: HierarchyPath, _ exit: ProcessExit) {
        sink.yield(.ended(exit.status))
    }

    func processWrote(_ path: HierarchyPath, _ line: OutputLine) {
        sink.yield(.wrote(line.text))
    }

    func wait(for isIt: (Note) -> Bool) async {
        for await note in stream where isIt(note) { return }
    }
}
