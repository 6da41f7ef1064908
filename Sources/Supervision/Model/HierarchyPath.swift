/// The place of a supervisor in the tree, written `gateway/line-3/dfc_read`.
///
/// Paths are the keys of everything that is kept per child: names may repeat in different places of the tree, paths
/// may not.
public struct HierarchyPath: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The names from the root down, joined by `/`.
    public let description: String

    /// Creates the path of a root.
    ///
    /// - Parameter root: the root's name.
    public init(root: String) {
        description = root
    }

    /// Creates a path from its names.
    ///
    /// - Parameter names: the names from the root down.
    public init(_ names: [String]) {
        description = names.joined(separator: "/")
    }

    /// Returns the path of a child below this one.
    ///
    /// - Parameter name: the child's name.
    /// - Returns: the child's path.
    public func appending(_ name: String) -> HierarchyPath {
        HierarchyPath(root: description + "/" + name)
    }

    /// The path of the one above, or nil for a root.
    public var parent: HierarchyPath? {
        description.lastIndex(of: "/").map { HierarchyPath(root: String(description[..<$0])) }
    }

    /// The names from the root down.
    public var components: [Substring] {
        description.split(separator: "/")
    }

    /// The last name.
    public var name: String {
        description.lastIndex(of: "/").map { String(description[description.index(after: $0)...]) } ?? description
    }

    /// Whether the first comes before the second.
    public static func < (lhs: HierarchyPath, rhs: HierarchyPath) -> Bool {
        lhs.description < rhs.description
    }
}
