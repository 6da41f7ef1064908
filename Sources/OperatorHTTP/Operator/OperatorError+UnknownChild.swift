extension OperatorError {
    /// The error for a child that does not exist; names the closest that does.
    ///
    /// - Parameters:
    ///   - child: The path that was asked for.
    ///   - known: The paths of all children.
    /// - Returns: An error with ``Code/unknownChild``.
    public static func unknownChild(_ child: String, among known: [String]) -> OperatorError {
        let advice =
            known.closest(to: child).map { "did you mean \"\($0)\"? `gatewarden status` lists all" }
            ?? "this gateway has no children; add some to its configuration"
        return OperatorError(code: .unknownChild, message: "no child \"\(child)\": \(advice)")
    }
}
