/// Why a changed configuration was not applied; nothing has changed then.
struct ConfigurationRefusal: Error, Equatable {
    /// What is wrong, each with its place; never empty.
    let problems: [String]
}
