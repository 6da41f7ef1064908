import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import ProcessControl
import Synchronization
import SystemPackage

/// A server of the Prometheus project that a test has started on a port of its own choice.
///
/// It goes with its last reference; ``stop()`` waits until nothing is left of it.
final class MonitoringServer: Sendable {
    private let reactor: ProcessReactor
    private let log: ServerLog
    private let base: String

    /// Starts a server and waits until it is ready.
    ///
    /// - Parameters:
    ///   - program: which one.
    ///   - arguments: its command line, without the address.
    /// - Throws: where it is missing, ends, or is not ready in time; the error shows its log.
    init(_ program: MonitoringProgram, _ arguments: [String]) async throws {
        let executable = try program.required
        let (reactor, log) = (try ProcessReactor(), ServerLog())
        _ = try await reactor.spawn(
            ProcessSpec(
                executable: executable,
                arguments: arguments + ["--web.listen-address=127.0.0.1:0"],
                environment: ProcessEnvironment(declared: [:]).variables
            ),
            onOutput: { log.append($0.text) },
            onExit: { log.end($0.status) }
        )
        // The port is the system's choice: the log alone tells it.
        let address = try await poll(for: "address of \(executable)", diagnosis: { log.text }) { try log.address }
        (self.reactor, self.log, base) = (reactor, log, "http://\(address)")
        try await poll(for: "readiness of \(executable)", diagnosis: { log.text }) {
            try await fetch(base + "/-/ready").status == 200 ? () : nil
        }
    }

    /// Where it listens: host and port.
    var address: String { String(base.dropFirst("http://".count)) }

    /// The last lines of its log, for the message of a failure.
    var lastLines: String { log.text }

    /// Asks for a document; the error of an answer that is none shows its text and the log.
    func get<Document: Decodable>(_ path: String, _ query: [(String, String)] = []) async throws -> Document {
        let parameters = query.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
        let (status, body) = try await fetch("\(base)\(path)?\(parameters)")
        do {
            return try JSONDecoder().decode(Document.self, from: Data(body.utf8))
        } catch {
            throw NoAnswer(what: "answer to \(path)?\(parameters): \(status) \(body): \(error)", diagnosis: log.text)
        }
    }

    /// Stops it and waits for its end.
    func stop() async {
        await reactor.shutdown()
    }
}

/// The last lines that a server has written.
private final class ServerLog: Sendable {
    private static let limit = 200
    private let lines = Mutex<[String]>([])
    private let ending = Mutex<ProcessExit.Status?>(nil)

    func append(_ line: String) {
        lines.withLock { lines in
            lines.append(line)
            if lines.count > Self.limit { lines.removeFirst() }
        }
    }

    func end(_ status: ProcessExit.Status) {
        ending.withLock { $0 = status }
    }

    var text: String { lines.withLock { $0 }.joined(separator: "\n") }

    /// The address that the line about listening tells; nil before it.
    ///
    /// A server that has ended will not tell it.
    var address: String? {
        get throws {
            if let status = ending.withLock({ $0 }) { throw NoAnswer(what: "server: \(status)", diagnosis: text) }
            let line = lines.withLock { $0 }.last { $0.contains("msg=\"Listening on\"") }
            return line?.split(separator: " ").last { $0.hasPrefix("address=") }.map { String($0.dropFirst(8)) }
        }
    }
}

extension String {
    /// The text as a value in the query of a URL (RFC 3986, section 2.3).
    fileprivate var percentEncoded: String {
        utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(character) : byte < 16 ? "%0" + digits : "%" + digits
        }.joined()
    }
}
