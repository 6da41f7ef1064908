import Workers

extension EndpointAnswer {
    /// An answer with a text as body.
    init(_ body: String, status: Int = 200) {
        self.init(status: status, contentType: nil, body: Array(body.utf8))
    }
}
