public import ProcessControl
import Supervision
import Synchronization

/// The children of an earlier gateway that wait to be taken over by the workers of their places, or to make room for them.
///
/// Filled before the tree is started, and empty once every worker has started its program. All methods may be called from
/// any thread and none blocks.
public final class Adoptables: Sendable {
    /// A child of an earlier gateway.
    private enum Place: Sendable {
        /// It runs, and nobody has asked for it yet.
        case waiting(AdoptableChild)
        /// It is not what its worker would start, and is being ended.
        case ending(Predecessor)
    }

    /// What a worker is to do before its program runs.
    enum Claim: Sendable {
        /// Take over what runs already.
        case adopt(AdoptableChild)
        /// Wait for the end of what must not run beside it.
        case wait(Predecessor)
    }

    private let places = Mutex<[String: Place]>([:])

    /// Creates an empty collection.
    public init() {}

    /// Adds what was found.
    ///
    /// - Parameter children: at most one of each path.
    public func add(_ children: [AdoptableChild]) {
        places.withLock { places in
            for child in children { places[child.childPath] = .waiting(child) }
        }
    }

    /// Ends what no worker has claimed yet; a worker that comes later waits for that.
    ///
    /// - Parameter end: ends a child; returns once nothing of it is left.
    /// - Returns: the children that were ended, once they are gone.
    public func endUnclaimed(
        _ end: @escaping @Sendable (AdoptableChild) async throws -> Void
    ) async -> [AdoptableChild] {
        let predecessors = places.withLock { places in
            let unclaimed = places.values.compactMap { if case .waiting(let child) = $0 { child } else { nil } }
            return unclaimed.map { child in
                let predecessor = Predecessor(child, end: end)
                places[child.childPath] = .ending(predecessor)
                return predecessor
            }
        }
        var ended: [AdoptableChild] = []
        for predecessor in predecessors {
            // One that could not be ended stays, for the worker that comes later to say so.
            guard (try? await predecessor.waitUntilEnded()) != nil else { continue }
            places.withLock { $0[predecessor.child.childPath] = nil }
            ended.append(predecessor.child)
        }
        return ended
    }

    /// Whether an earlier gateway's child is in the place of a worker.
    func hasChild(at path: HierarchyPath) -> Bool {
        places.withLock { $0[path.description] != nil }
    }

    /// Hands over the child in the place of a worker, if there is one.
    ///
    /// - Parameters:
    ///   - path: the place.
    ///   - spec: what the worker would start.
    ///   - end: begins to end a child that is something else.
    /// - Returns: what is to be done; nil where nothing stands in the way of a start.
    func claim(
        _ path: HierarchyPath,
        for spec: ProcessSpec,
        otherwise end: (AdoptableChild) -> Predecessor
    ) -> Claim? {
        places.withLock { places in
            switch places[path.description] {
            case nil: return nil
            case .ending(let predecessor): return .wait(predecessor)
            case .waiting(let child) where child.matches(spec):
                places[path.description] = nil
                return .adopt(child)
            case .waiting(let child):
                let predecessor = end(child)
                places[path.description] = .ending(predecessor)
                return .wait(predecessor)
            }
        }
    }

    /// Keeps a child that could not be taken over, for as long as its end takes.
    func keep(_ predecessor: Predecessor, at path: HierarchyPath) {
        places.withLock { $0[path.description] = .ending(predecessor) }
    }

    /// Forgets a child that has ended.
    func forget(_ path: HierarchyPath) {
        places.withLock { $0[path.description] = nil }
    }
}
