import Standins
import Synchronization

/// Messages that clients post to the flow's own HTTP server.
final class HTTPServerSource: MessageSource {
    /// A client that posts more at once is told to come back.
    private static let limit = 64

    /// Where clients post to.
    let path: String

    private let arrived = Gate(isOpen: false)
    private let messages = Mutex<[FlowMessage]>([])

    /// Makes a source.
    ///
    /// - Parameter path: where clients post to
    init(path: String) {
        self.path = path
    }

    func connect() {}

    func next() async throws(FlowFault) -> FlowMessage? {
        while await arrived.pass() {
            let message = messages.withLock { messages -> FlowMessage? in
                if messages.count <= 1 { arrived.close() }
                return messages.isEmpty ? nil : messages.removeFirst()
            }
            if let message { return message }
        }
        return nil
    }

    /// Takes a message from a client.
    ///
    /// - Parameter question: the request
    /// - Returns: the answer to the client
    func answer(_ question: HTTPQuestion) -> HTTPReply {
        guard question.method == "POST" else { return HTTPReply("Incorrect method\n", status: 405) }
        let hasRoom = messages.withLock { messages in
            guard messages.count < Self.limit else { return false }
            messages.append(FlowMessage(text: question.body))
            arrived.open()
            return true
        }
        return hasRoom ? HTTPReply("") : HTTPReply("Server busy\n", status: 503)
    }
}
