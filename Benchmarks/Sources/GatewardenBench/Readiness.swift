/// The product's own word on its readiness.
enum Readiness {
    /// Asks /readyz until it answers 200.
    ///
    /// - Parameters:
    ///   - run: a run of the product.
    ///   - product: the product.
    /// - Returns: the port that answered.
    /// - Throws: when it is not ready in time, or the tool was told to end.
    @discardableResult
    static func wait(for run: SupervisorRun, of product: Gatewarden) throws -> UInt16 {
        var port: UInt16 = 0
        try Pause.until("/readyz") {
            guard let listening = product.port(log: run.log) else { return false }
            port = listening
            return HTTPCall.get("/readyz", port: listening)?.status == 200
        }
        return port
    }
}
