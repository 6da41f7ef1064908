import GatewayConfiguration
import Supervision
import Synchronization

/// The configuration that the gateway runs with at the moment, for everybody who asks.
final class CurrentConfiguration: Sendable {
    private struct State {
        var loaded: LoadedConfiguration
        var additions: [AddedChild] = []
    }

    /// The configuration that the gateway was started with.
    let atStart: LoadedConfiguration
    private let state: Mutex<State>

    /// - Parameter atStart: the configuration that the gateway was started with.
    init(_ atStart: LoadedConfiguration) {
        self.atStart = atStart
        state = Mutex(State(loaded: atStart))
    }

    /// What was loaded last and not refused.
    var loaded: LoadedConfiguration { state.withLock { $0.loaded } }

    /// The children that were added beside those of the configuration; as many as there are in the tree.
    var additions: [AddedChild] { state.withLock { $0.additions } }

    /// Takes over another configuration.
    func replace(by loaded: LoadedConfiguration) {
        state.withLock { $0.loaded = loaded }
    }

    /// Remembers children that were added.
    func add(_ children: [AddedChild]) {
        state.withLock { $0.additions += children }
    }
}
