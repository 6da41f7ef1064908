/// A value given on the command line, over files and environment.
public struct ConfigurationOverride: Sendable, Equatable {
    /// The flag with its dashes, as messages and `config show` name it.
    public let flag: String
    /// The setting, such as `web.listen`.
    public let path: String
    /// The value as it was given.
    public let value: String

    /// Makes an override.
    ///
    /// - Parameters:
    ///   - flag: The flag with its dashes.
    ///   - path: The setting: a scalar outside of lists.
    ///   - value: The value as it was given.
    public init(flag: String, path: String, value: String) {
        self.flag = flag
        self.path = path
        self.value = value
    }
}
