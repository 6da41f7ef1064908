/// Asks again and again until there is an answer.
///
/// A server says nowhere that it is done with what it does by itself: it has to be asked. The pause keeps the questions from
/// taking the processor that the answer needs.
///
/// - Parameters:
///   - what: what is waited for, for the message of a failure.
///   - patience: how long to ask; the default has room for a machine that is busy with other tests.
///   - clock: measures both.
///   - isolation: the caller's, in which it asks.
///   - diagnosis: what to show where the answer does not come.
///   - ask: nil while there is no answer.
/// - Returns: the answer.
/// - Throws: ``NoAnswer`` after that time, what `ask` throws, or the cancellation.
@discardableResult
func poll<Answer>(
    for what: String,
    within patience: Duration = .seconds(60),
    on clock: some Clock<Duration> = ContinuousClock(),
    isolation: isolated (any Actor)? = #isolation,
    diagnosis: () async -> String = { "" },
    _ ask: () async throws -> Answer?
) async throws -> Answer {
    let deadline = clock.now.advanced(by: patience)
    while true {
        if let answer = try await ask() { return answer }
        guard clock.now < deadline else { throw NoAnswer(what: what, diagnosis: await diagnosis()) }
        try await clock.sleep(for: .milliseconds(50))
    }
}

/// What was waited for did not come.
struct NoAnswer: Error, CustomStringConvertible {
    let what: String
    let diagnosis: String

    var description: String { diagnosis.isEmpty ? "no \(what)" : "no \(what)\n\(diagnosis)" }
}
