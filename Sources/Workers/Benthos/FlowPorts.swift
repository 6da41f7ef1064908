import Glibc
public import Supervision
import Synchronization

/// Gives each flow a port of its own for its HTTP server, on the loopback interface and out of a range.
///
/// A flow keeps its port until it has gone for good, as long as nothing else takes it. All methods may be called from any thread; they bind a socket to
/// find out whether a port is free, and do not block.
public final class FlowPorts: Sendable {
    private struct State {
        var ports: [HierarchyPath: Int]
        /// Ports that another process was seen on, although they could be bound before.
        var avoided: Set<Int> = []
    }

    private let range: ClosedRange<Int>
    private let state: Mutex<State>

    /// Creates an allocation.
    ///
    /// - Parameters:
    ///   - range: the ports to choose from.
    ///   - known: the ports that flows had before, from the store.
    public init(range: ClosedRange<Int>, known: [HierarchyPath: Int] = [:]) {
        self.range = range
        state = Mutex(State(ports: known.filter { range.contains($0.value) }))
    }

    /// The port that a flow has, if any.
    public func port(of path: HierarchyPath) -> Int? {
        state.withLock { $0.ports[path] }
    }

    /// Gives a flow that does not run the port that it had before where that is free, else another one.
    ///
    /// - Parameter path: the flow's place in the tree.
    /// - Returns: a port that was free a moment ago.
    /// - Throws: ``WorkerError`` when no port of the range is free.
    public func claim(for path: HierarchyPath) throws(WorkerError) -> Int {
        let port: Int? = state.withLock { state in
            if let own = state.ports[path], !state.avoided.contains(own), Self.isFree(own) { return own }
            let taken = Set(state.ports.values).union(state.avoided)
            // Where flows come and go, a port of one that is gone serves before none does.
            let found = range.first { !taken.contains($0) && Self.isFree($0) } ?? range.first(where: Self.isFree)
            state.ports[path] = found
            return found
        }
        if let port { return port }
        throw WorkerError("no free port from \(range.lowerBound) to \(range.upperBound); widen limits.flowPorts")
    }

    /// Gives a flow a port that it has already, because a process of an earlier gateway listens on it.
    func keep(_ port: Int, for path: HierarchyPath) {
        state.withLock { $0.ports[path] = port }
    }

    /// Gives up the ports of a flow that has gone for good, and of all flows below it.
    public func release(_ path: HierarchyPath) {
        state.withLock { state in
            state.ports = state.ports.filter { !$0.key.components.starts(with: path.components) }
        }
    }

    /// Notes that another process answers on a flow's port: the flow gets another one at its next start.
    public func avoid(_ port: Int) {
        state.withLock { state in
            // Whoever had taken a port may be gone by the time that all were tried.
            if state.avoided.count >= range.count / 2 { state.avoided.removeAll() }
            state.avoided.insert(port)
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        // What a server does as well, so that connections which linger do not count.
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
