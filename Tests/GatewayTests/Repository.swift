import SystemPackage

/// This repository, from which some tests read files.
enum Repository {
    /// The top folder.
    static let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
}
