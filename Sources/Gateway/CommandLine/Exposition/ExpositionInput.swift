public import Exposition
public import SystemPackage

/// A text with metrics that a command reads: a file, standard input or what a URL answers.
public struct ExpositionInput: Sendable {
    /// Bytes of a text, at most; a larger one is refused and not read to its end.
    public static let sizeLimit = 64 * 1024 * 1024

    /// The text.
    public let bytes: [UInt8]
    /// The format that the answer of a URL says it is in.
    public let syntax: ExpositionSyntax?

    /// Reads a text.
    ///
    /// - Parameter source: A path, `-` for standard input, or a URL that starts with `http://` or `https://`.
    /// - Throws: `GatewayFailure` that names the source and what is wrong with it.
    public init(from source: String) async throws(GatewayFailure) {
        if source.hasPrefix("http://") || source.hasPrefix("https://") {
            self = try await ExpositionDownload.answer(of: source)
        } else {
            self = ExpositionInput(bytes: try Self.read(file: source), syntax: nil)
        }
    }

    init(bytes: [UInt8], syntax: ExpositionSyntax?) {
        self.bytes = bytes
        self.syntax = syntax
    }

    /// Opens a file, or standard input where the path is `-`.
    ///
    /// - Parameter path: The path.
    /// - Returns: A descriptor that is open for reading; closing it is up to the caller.
    /// - Throws: `GatewayFailure` that names the path.
    public static func open(_ path: String) throws(GatewayFailure) -> FileDescriptor {
        guard path != "-" else { return .standardInput }
        do {
            return try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw GatewayFailure(.failure, "\(path): cannot be read: \(error)")
        }
    }

    /// Reads a file, or standard input where the path is `-`; blocks until its end.
    static func read(file path: String) throws(GatewayFailure) -> [UInt8] {
        let descriptor = try open(path)
        do {
            return try descriptor.closeAfter { try read(descriptor, name: path == "-" ? "standard input" : path) }
        } catch let failure as GatewayFailure {
            throw failure
        } catch {
            throw GatewayFailure(.failure, "\(path): cannot be read: \(error)")
        }
    }

    private static func read(_ descriptor: FileDescriptor, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = try part.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= sizeLimit else { throw tooLarge(name) }
            bytes.append(contentsOf: part[..<count])
        }
    }

    static func tooLarge(_ source: String) -> GatewayFailure {
        GatewayFailure(.failure, "\(source): more than \(sizeLimit >> 20) MiB, which is more than metrics should have")
    }
}
