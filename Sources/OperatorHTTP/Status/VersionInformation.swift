/// What a gateway was built from: the answer of `/version`.
public struct VersionInformation: Codable, Sendable, Equatable {
    /// Version of the product.
    public var version: String
    /// Version of the Swift compiler that built it.
    public var swift: String

    /// Describes a build.
    ///
    /// - Parameters:
    ///   - version: Version of the product.
    ///   - swift: Version of the Swift compiler that built it.
    public init(version: String, swift: String) {
        self.version = version
        self.swift = swift
    }
}
