internal import YAML

/// What a `web.config` says, in the format of Prometheus' exporter-toolkit: TLS, client certificates, users, headers, a rate.
///
/// Source: https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
public struct WebConfig: Sendable, Equatable {
    /// How many requests are answered.
    public struct RateLimit: Sendable, Equatable {
        /// The mean time between two requests.
        public let interval: Duration
        /// How many may come at once.
        public let burst: Int
    }

    /// A header of every answer.
    public struct Header: Sendable, Equatable {
        /// The name of the header.
        public let name: String
        /// Its value.
        public let value: String
    }

    /// The file, absolute.
    public let file: String
    /// TLS; nil for none.
    public let tls: WebTLSSection?
    /// The headers that every answer gets.
    public let headers: [Header]
    /// The hash of the password of each user.
    public let users: [String: String]
    /// How many requests are answered; nil for all.
    public let rateLimit: RateLimit?
    /// What this file, and the certificates and keys that it names, looked like before they were read.
    public let stamps: FileStamps
    private let tree: ConfigurationObject

    /// Reads a file.
    ///
    /// Blocks for the time of reading. Certificates and keys are not looked at, nor are password hashes.
    ///
    /// - Parameter file: The file, absolute.
    /// - Throws: `ConfigurationProblems` with everything that is wrong.
    public init(file: String) throws(ConfigurationProblems) {
        var (problems, stamps) = (ProblemList(), FileStamps())
        stamps.look(at: file)
        let root = Self.read(file, problems: &problems)
        var validator = SchemaValidator(problems: problems)
        let tree = validator.object(root, WebConfigSchema.object, path: "") ?? ConfigurationObject()
        problems = validator.problems
        WebConfigRules.check(tree, file: file, problems: &problems)
        guard problems.isEmpty else { throw problems.sorted(files: [file]) }
        self.init(tree, file: file, stamps: stamps)
    }

    /// Takes values in which validation has found no problem.
    private init(_ tree: ConfigurationObject, file: String, stamps: FileStamps) {
        self.file = file
        self.tree = tree
        let server = tree[WebConfigSchema.tls]
        let folder = ConfigurationFolder(of: file, currentDirectory: "/")
        tls = WebConfigRules.isWritten(server) ? WebTLSSection(server, folder: folder) : nil
        headers = tree[WebConfigSchema.http][WebConfigSchema.headers].entries.compactMap { entry in
            String(entry.value.content).flatMap { $0.isEmpty ? nil : Header(name: entry.name, value: $0) }
        }
        let users = tree[WebConfigSchema.users].entries.map { ($0.name, $0.value.content.scalarText ?? "") }
        // Each name once: duplicate keys are a problem of the file.
        self.users = Dictionary(users) { first, _ in first }
        let rate = tree[WebConfigSchema.rateLimit]
        let interval = rate[WebConfigSchema.interval]
        rateLimit = interval > .zero ? RateLimit(interval: interval, burst: rate[WebConfigSchema.burst]) : nil
        var stamps = stamps
        for case .file(let path)? in [tls?.certificate, tls?.key, tls?.clientAuthority] { stamps.look(at: path) }
        self.stamps = stamps
    }

    /// Reads a certificate or a key.
    ///
    /// Blocks for the time of reading.
    ///
    /// - Parameters:
    ///   - pem: The file or the text.
    ///   - path: The setting that says it, such as `tls_server_config.cert_file`.
    /// - Returns: The text.
    /// - Throws: `ConfigurationProblem` where the file cannot be read.
    public func content(of pem: WebTLSSection.PEM, _ path: String) throws(ConfigurationProblem) -> [UInt8] {
        switch pem {
        case .text(let text): return Array(text.utf8)
        case .file(let file):
            do throws(ConfigurationFileReader.Failure) {
                return try ConfigurationFileReader.read(file, expected: "a PEM file")
            } catch {
                throw problem(of: path, "\(file) \(error.message)")
            }
        }
    }

    /// Makes a problem of something that shows only when a value is used, such as a certificate that cannot be read.
    ///
    /// - Parameters:
    ///   - path: The setting, such as `tls_server_config.cert_file`.
    ///   - message: What is wrong and what is allowed.
    /// - Returns: The problem with the place of the setting.
    public func problem(of path: String, _ message: String) -> ConfigurationProblem {
        let source = tree.source(of: path) ?? .file(file, line: 1, column: 1)
        return ConfigurationProblem(source: source, path: path, message: message)
    }

    /// Makes a problem of a password hash that is none.
    ///
    /// - Parameters:
    ///   - user: The user whose it is.
    ///   - message: What is wrong and what is allowed.
    /// - Returns: The problem with the place of the hash.
    public func problem(ofUser user: String, _ message: String) -> ConfigurationProblem {
        let path = WebConfigSchema.users.field.name
        let source = tree[WebConfigSchema.users][user]?.source ?? .file(file, line: 1, column: 1)
        return ConfigurationProblem(source: source, path: path.appendingKey(user), message: message)
    }

    private static func read(_ file: String, problems: inout ProblemList) -> RawNode {
        let bytes: [UInt8]
        do throws(ConfigurationFileReader.Failure) {
            bytes = try ConfigurationFileReader.read(file)
        } catch {
            problems.report(.file(file, line: 1, column: 1), "", error.message)
            return .absent
        }
        do throws(YAMLError) {
            // An empty file is one that asks for nothing.
            guard let node = try YAMLParser.parse(bytes: bytes) else { return .absent }
            return RawNode(node, file: file, path: "", problems: &problems)
        } catch {
            problems.report(.file(file, line: error.mark.line, column: error.mark.column), "", error.message)
            return .absent
        }
    }
}
