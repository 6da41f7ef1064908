/// A line as the writer takes it, in every form that its destination may need.
struct FinishedLine {
    /// The line for a stream, newline included.
    let text: [UInt8]
    /// The entry for the journal's socket; empty where there is none.
    var entry: [UInt8] = []

    var count: Int { text.count + entry.count }
}
