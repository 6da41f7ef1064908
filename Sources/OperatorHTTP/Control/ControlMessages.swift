/// The answer of `GET /v1/logs`.
struct ChildLog: Codable, Sendable {
    var child: String
    var lines: [ChildLogLine]
}

/// The answer of `GET /v1/config`.
struct RenderedConfiguration: Codable, Sendable {
    var configuration: String
}

/// The answer of `POST /v1/children/ACTION` and of `POST /v1/circuit/reset`.
struct CompletedAction: Codable, Sendable {
    var child: String
    var action: String
}

/// The answer of `POST /v1/children`.
struct AddedChildren: Codable, Sendable {
    var children: [String]
}

/// The answer to every request of the control socket that failed.
struct ErrorAnswer: Codable, Sendable {
    struct Body: Codable, Sendable {
        var code: String
        var message: String
    }

    var error: Body

    init(_ error: OperatorError) {
        self.error = Body(code: error.code.rawValue, message: error.message)
    }

    /// The error that the answer carries.
    ///
    /// A newer gateway may know codes that this client does not; its message is what counts.
    var operatorError: OperatorError {
        OperatorError(code: OperatorError.Code(rawValue: error.code) ?? .unavailable, message: error.message)
    }
}

/// What can be done to a child; the raw value is the last part of the request's path.
enum ChildAction: String, CaseIterable, Sendable {
    case restart, start, stop
}
