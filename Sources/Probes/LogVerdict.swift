/// What the lines of a process say so far: the latest line that means something decides.
struct LogVerdict: Sendable {
    /// What was said last.
    enum Answer: Sendable, Equatable {
        /// Nothing of interest.
        case silent
        /// The text of success.
        case matched
        /// The text of failure, in this line, which is cut where it is long.
        case failed(line: String)
    }

    private(set) var answer = Answer.silent
    private let success: Needle
    private let failure: Needle?

    init(_ probe: LogProbe) {
        success = Needle(probe.contains)
        failure = probe.failsOn.map(Needle.init)
    }

    /// Takes the text of success for said, unless something was.
    mutating func assumeSuccess() {
        if answer == .silent { answer = .matched }
    }

    /// Judges the next line.
    mutating func note(_ line: String) {
        // What cannot change any more need not be looked for.
        if failure == nil, answer == .matched { return }
        if let failure, failure.isIn(line) {
            answer = .failed(line: line.excerpt)
        } else if success.isIn(line) {
            answer = .matched
        }
    }
}
