import GatewayConfiguration
import JSONLogging
import OperatorHTTP
import Supervision
import Workers

/// Adds workers that are declared in YAML to the running tree.
struct WorkerDeclarations: Sendable {
    let tree: SupervisionTree<MonotonicClock>
    let current: CurrentConfiguration
    let environment: [String: String]
    let builder: ChildSpecBuilder
    let workerTypes: [WorkerType]
    let secrets: SecretRegistry

    /// Adds what a text declares, all of it or nothing.
    ///
    /// Blocks for the time of looking for programs.
    ///
    /// - Parameters:
    ///   - declaration: the text, and where its relative paths start.
    ///   - parent: the node that the children are for.
    /// - Returns: the paths of the children.
    /// - Throws: ``OperatorError`` with every problem of the declaration, or why the tree does not take it.
    func addWorkerFromYAML(
        _ declaration: ChildDeclarationText,
        to parent: NodeReport
    ) async throws(OperatorError) -> [HierarchyPath] {
        guard parent.type == ApplicationWorker.type else {
            let message = "\(parent.path) is a \(parent.type) and takes no children; name an application"
            throw OperatorError(code: .invalid, message: message)
        }
        let children = try load(declaration, parent)
        secrets.register(children.flatMap { $0.secretValues() })
        let specs = children.map { builder.make($0) }
        do throws(SupervisionError) {
            try await tree.add(specs, checks: ChildChecks(specs).checks, to: parent.path)
        } catch {
            throw OperatorError(code: .conflict, message: error.message)
        }
        current.add(specs.map { AddedChild(parent: parent.path, name: $0.name, dependsOn: $0.dependsOn) })
        return specs.map { parent.path.appending($0.name) }
    }

    private func load(
        _ declaration: ChildDeclarationText,
        _ parent: NodeReport
    ) throws(OperatorError) -> [DeclaredChild] {
        let loader = ChildDeclarationLoader(
            workerTypes: workerTypes.map(\.description),
            lookUpProgram: ConfigurationFile.lookUpProgram
        )
        let configuration = current.loaded.configuration
        let context = ChildDeclarationContext(
            parentPath: parent.path.components.map(String.init),
            siblings: Set(parent.children.map(\.path.name)),
            variables: configuration.variables,
            location: configuration.agent.location,
            templates: configuration.templates,
            folder: declaration.folder,
            searchPath: environment["PATH"],
            now: WallTime.now().sinceEpoch
        )
        do throws(ConfigurationProblems) {
            return try loader.load(text: declaration.yaml, named: declaration.name, in: context)
        } catch {
            throw OperatorError(code: .invalid, message: error.description)
        }
    }
}
