@testable import Supervision

extension ActionRequest {
    /// A request of a child of the given name.
    static func example(
        _ name: String,
        path: HierarchyPath? = nil,
        latestEnd: Moment? = nil,
        _ operation: @escaping @Sendable (ActionContext) async throws -> Void = { _ in }
    ) -> ActionRequest {
        ActionRequest(
            id: 1,
            supervisor: SupervisorID(number: 1),
            path: path ?? HierarchyPath(root: name),
            name: name,
            attempt: 1,
            timeout: .seconds(30),
            latestEnd: latestEnd,
            operation: operation
        )
    }
}
