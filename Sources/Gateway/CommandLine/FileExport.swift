import EmbeddedFiles
import FoundationEssentials
import SystemPackage

/// Writes files that the binary brings along into a directory.
public struct FileExport: Sendable {
    /// What can be written.
    public enum Kind: String, Sendable, CaseIterable {
        /// Dashboards for Grafana.
        case dashboards
        /// Rules for Prometheus.
        case alerts
        /// The pages that alerts point at.
        case runbooks
        /// The unit that runs the gateway.
        case systemd

        fileprivate var files: [EmbeddedFile] {
            switch self {
            case .dashboards: EmbeddedFiles.dashboards
            case .alerts: EmbeddedFiles.alerts
            case .runbooks: EmbeddedFiles.runbooks
            case .systemd: EmbeddedFiles.units
            }
        }

        fileprivate var hasRunbookLinks: Bool {
            switch self {
            case .dashboards, .alerts: true
            case .runbooks, .systemd: false
            }
        }
    }

    private let kind: Kind
    private let directory: FilePath
    private let isReplacing: Bool
    private let runbooks: RunbookBase?

    /// Describes an export.
    ///
    /// - Parameters:
    ///   - kind: What to write.
    ///   - directory: Where to; it is made if it is not there.
    ///   - isReplacing: Whether to replace files that are there and different.
    ///   - runbooks: Where the links in alerts and dashboards lead; nil for the box itself over plain HTTP.
    public init(_ kind: Kind, to directory: String, replacing isReplacing: Bool, runbooks: RunbookBase?) {
        self.kind = kind
        self.directory = FilePath(directory)
        self.isReplacing = isReplacing
        self.runbooks = runbooks
    }

    /// Writes the files, all or none; blocks until they are on disk.
    ///
    /// - Returns: The paths of all files, those included that were the same already.
    /// - Throws: ``GatewayFailure`` that names the files in the way, or the one that cannot be read or written.
    public func run() throws(GatewayFailure) -> [String] {
        if runbooks != nil, !kind.hasRunbookLinks {
            throw GatewayFailure(
                .failure, "--runbook-base-url and --https are for alerts and dashboards, not for \(kind.rawValue)")
        }
        let files = kind.files.map { file in
            (path: directory.appending(file.name), bytes: runbooks?.apply(to: file.text) ?? file.bytes)
        }
        try makeDirectory()
        var changed: [(path: FilePath, bytes: [UInt8])] = []
        var inTheWay: [FilePath] = []
        for file in files {
            guard let present = try content(of: file.path) else {
                changed.append(file)
                continue
            }
            guard present != file.bytes else { continue }
            changed.append(file)
            inTheWay.append(file.path)
        }
        guard inTheWay.isEmpty || isReplacing else {
            let names = inTheWay.map(\.string).joined(separator: ", ")
            throw GatewayFailure(.failure, "nothing written: \(names) is different; --force replaces it")
        }
        for file in changed { try write(file.bytes, to: file.path) }
        return files.map(\.path.string)
    }

    private func makeDirectory() throws(GatewayFailure) {
        do {
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        } catch {
            throw GatewayFailure(.failure, "\(directory) cannot be made: \(error)")
        }
    }

    /// What is in a file, or nil where there is none.
    private func content(of path: FilePath) throws(GatewayFailure) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path.string) else { return nil }
        do {
            return Array(try Data(contentsOf: URL(filePath: path.string)))
        } catch {
            throw GatewayFailure(.failure, "\(path) cannot be read: \(error)")
        }
    }

    private func write(_ bytes: [UInt8], to path: FilePath) throws(GatewayFailure) {
        do {
            try Data(bytes).write(to: URL(filePath: path.string), options: .atomic)
        } catch {
            throw GatewayFailure(.failure, "\(path) cannot be written: \(error)")
        }
    }
}
