/// Decides when to let output gather in the pipes before it is read on.
///
/// Of a child that floods line by line, each line would wake the thread. A moment's rest reads hundreds at once; as long as
/// a pipe was found with less than a buffer in it, it does not fill up meanwhile.
struct OutputPace: Equatable {
    /// How long to rest.
    ///
    /// A pipe holds 64 KiB (pipe(7)), so a child that floods blocks only if it writes more than 64 MB/s; it then fills
    /// the buffer, and there is no further rest.
    static let rest = Duration.milliseconds(1)

    private var sawFlood = false
    private var sawMore = false

    /// Takes note of a read.
    mutating func note(_ progress: OutputPipe.Progress) {
        switch progress {
        case .filled: sawMore = true
        case .drained(let hasDropped): sawFlood = sawFlood || hasDropped
        case .empty, .closed: break
        }
    }

    /// Whether to rest after the reads so far; forgets them.
    mutating func takeRest() -> Bool {
        defer { self = OutputPace() }
        return sawFlood && !sawMore
    }
}
