internal import Hummingbird
internal import Synchronization

/// Decides about each request: how many are answered, and who may ask.
///
/// It stands before every path, `/healthz` included, as in Prometheus' exporters.
final class AccessGate: Sendable {
    /// Why a request is not answered.
    enum Refusal: Equatable {
        /// There were too many requests.
        case tooMany
        /// The client has not said who it is, or not the truth.
        case unauthorized
        /// Too many passwords wait for their check.
        case busy
    }

    /// What becomes of a request.
    enum Decision: Equatable {
        case admitted
        case refused(Refusal)
    }

    let access: AccessControl
    private let verifier = PasswordVerifier()
    private let bucket = Mutex<TokenBucket?>(nil)

    /// - Parameter access: Who may do what.
    init(_ access: AccessControl) {
        self.access = access
    }

    /// Decides about a request.
    ///
    /// - Parameter authorization: The value of the header of that name.
    /// - Returns: The decision, and what every answer gets.
    func admit(authorization: String?) async -> (Decision, [AnswerHeader]) {
        let access = await access.current()
        return (await decide(authorization, access), access.headers)
    }

    private func decide(_ authorization: String?, _ access: ServerAccess) async -> Decision {
        if let rate = access.rate, !takeToken(rate) { return .refused(.tooMany) }
        guard !access.users.isEmpty else { return .admitted }
        guard let credentials = authorization.flatMap(BasicCredentials.init(authorization:)) else {
            return .refused(.unauthorized)
        }
        switch await verifier.verify(credentials, among: access.users) {
        case .right: return .admitted
        case .wrong: return .refused(.unauthorized)
        case .busy: return .refused(.busy)
        }
    }

    private func takeToken(_ rate: RequestRate) -> Bool {
        let now = access.now()
        return bucket.withLock { bucket in
            var current = bucket.flatMap { $0.rate == rate ? $0 : nil } ?? TokenBucket(rate, at: now)
            defer { bucket = current }
            return current.take(at: now)
        }
    }
}

extension AccessGate.Refusal {
    /// The answer to the request.
    var response: Response {
        switch self {
        case .tooMany:
            return .text("too many requests: see rate_limit in the web configuration\n", .tooManyRequests)
        case .unauthorized:
            var response = Response.text("user and password are needed\n", .unauthorized)
            response.headers[.wwwAuthenticate] = "Basic realm=\"gatewarden\", charset=\"UTF-8\""
            return response
        case .busy:
            var response = Response.text("too many passwords wait for their check; try again\n", .serviceUnavailable)
            response.headers[.retryAfter] = "1"
            return response
        }
    }
}
