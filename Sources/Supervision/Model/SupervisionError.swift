/// An error of the supervision engine.
public struct SupervisionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of error it is.
    public enum Code: String, Sendable {
        /// No worker of that type is registered with the factory.
        case unknownWorkerType
        /// A worker was given the configuration of another kind of worker.
        case configurationMismatch
        /// The path names no child of the tree.
        case childNotDeclared
        /// Children depend on each other in a circle.
        case dependencyCycle
        /// A child depends on a sibling that is not declared.
        case unknownDependency
        /// Two children of one parent have the same name.
        case duplicateChild
        /// The root of the tree could not be made.
        case rootFailed
        /// A worker asked for a dependency that was not registered, or not as this type.
        case missingDependency
    }

    /// What kind of error it is.
    public let code: Code
    /// What failed, on what, and what to do next.
    public let message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The text for logs and messages.
    public var description: String {
        message
    }
}
