import ProcessControl
import SystemPackage

/// A foreign client: curl.
enum Curl {
    /// Asks for a page of a gateway over TLS.
    ///
    /// - Parameters:
    ///   - base: the base of the gateway's URLs, whose scheme does not count.
    ///   - path: the path of the page.
    ///   - arguments: further arguments.
    /// - Returns: the exit code, 0 where an answer came, and the answer with its status code on a line at the end.
    /// - Throws: when curl cannot be started.
    static func get(_ base: String, _ path: String, _ arguments: [String]) async throws -> (code: Int32, text: String) {
        let address = base.split(separator: "/").last.map(String.init) ?? ""
        let result = try await Program.run(
            "/usr/bin/curl",
            ["--silent", "--show-error", "--max-time", "30", "--write-out", "\n%{http_code}"] + arguments
                + ["https://\(address)\(path)"]
        )
        guard case .exited(let code) = result.status else { return (-1, result.text(.stderr)) }
        return (code, result.text(.stdout))
    }
}
