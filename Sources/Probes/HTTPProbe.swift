/// A GET request and the answer that counts as success.
public struct HTTPProbe: Sendable, Equatable {
    /// Absolute URL to ask, `http` or `https`.
    public var url: String
    /// The one status that counts as success; `nil` accepts 200...399.
    public var expectedStatus: Int?
    /// Text that the first 64 KiB of the body must contain; `nil` accepts every body.
    public var bodyContains: String?

    /// Describes a request and its expected answer.
    ///
    /// - Parameters:
    ///   - url: Absolute URL to ask.
    ///   - expectedStatus: The one status that counts as success; `nil` accepts 200...399.
    ///   - bodyContains: Text that the body must contain; `nil` accepts every body.
    public init(url: String, expectedStatus: Int? = nil, bodyContains: String? = nil) {
        self.url = url
        self.expectedStatus = expectedStatus
        self.bodyContains = bodyContains
    }

    /// Tells whether a status counts as success.
    func accepts(status: Int) -> Bool {
        if let expectedStatus { status == expectedStatus } else { (200...399).contains(status) }
    }

    /// The accepted statuses in words, for messages.
    var expectation: String {
        expectedStatus.map(String.init) ?? "200...399"
    }
}
