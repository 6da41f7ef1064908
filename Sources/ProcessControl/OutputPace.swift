/// Decides when to let output gather in the pipes before it is read on.
///
/// Of a child that floods line by line, each line would wake the thread. A moment's rest reads hundreds at once; as long as
/// a pipe was found with less than a buffer in it, it does not fill up meanwhile.
struct OutputPace: Equatable {
    /// How long to rest.
    ///
    /// A pipe holds 64 KiB (pipe(7)), so a rest blocks only who writes more than 64 MB/s.
    static let rest = Duration.milliseconds(1)
    /// How many looks at the pipes go without a rest after one of them had filled the buffer: whoever writes that fast
    /// must not be held up time and again.
    static let looksWithoutRest = 64

    private var sawFlood = false
    private var looksToCome = 0

    /// Takes note of a read.
    mutating func note(_ progress: OutputPipe.Progress) {
        switch progress {
        case .filled: looksToCome = Self.looksWithoutRest
        case .drained(let hasDropped): sawFlood = sawFlood || hasDropped
        case .empty, .closed: break
        }
    }

    /// Whether to rest after a look at the pipes.
    mutating func takeRest() -> Bool {
        defer { sawFlood = false }
        guard looksToCome > 0 else { return sawFlood }
        looksToCome -= 1
        return false
    }
}
