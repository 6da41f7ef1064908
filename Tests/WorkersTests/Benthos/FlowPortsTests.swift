import NIOCore
import NIOPosix
import Testing

@testable import Supervision
@testable import Workers

@Suite("FlowPorts", .timeLimit(.minutes(1)))
struct FlowPortsTests {
    private static let (a, b) = (HierarchyPath(root: "a"), HierarchyPath(root: "b"))

    /// Some ports in a row of which all are free now; below those that the kernel gives to outgoing connections.
    private func range(of count: Int) throws -> ClosedRange<Int> {
        while true {
            let first = Int.random(in: 20_000..<32_000 - count)
            let range = first...first + count - 1
            let ports = FlowPorts(range: range)
            let claimed = try range.map { try ports.claim(for: HierarchyPath(root: "\($0)")) }
            if claimed == Array(range) { return range }
        }
    }

    private func occupy(_ port: Int, _ body: () throws -> Void) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: port).get()
        do {
            try body()
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    @Test("each flow gets a port of its own and keeps it")
    func own() throws {
        let range = try range(of: 2)
        let ports = FlowPorts(range: range)
        let (first, second) = (try ports.claim(for: Self.a), try ports.claim(for: Self.b))
        #expect(Set([first, second]) == Set(range))
        let again = try ports.claim(for: Self.a)
        #expect(again == first)
        #expect(ports.port(of: Self.b) == second)
    }

    @Test("a port that a flow had in an earlier run is its again, unless it lies outside of the range now")
    func known() throws {
        let range = try range(of: 3)
        let ports = FlowPorts(range: range, known: [Self.a: range.upperBound, Self.b: range.upperBound + 1])
        let (first, second) = (try ports.claim(for: Self.a), try ports.claim(for: Self.b))
        #expect(first == range.upperBound)
        #expect(second == range.lowerBound)
    }

    @Test("a port that somebody else listens on is passed over")
    func taken() async throws {
        let range = try range(of: 2)
        let ports = FlowPorts(range: range, known: [Self.a: range.lowerBound])
        try await occupy(range.lowerBound) {
            let port = try ports.claim(for: Self.a)
            #expect(port == range.upperBound)
        }
    }

    @Test("a port that somebody else answered on is avoided, also while it seems free")
    func avoided() throws {
        let range = try range(of: 4)
        let ports = FlowPorts(range: range)
        let first = try ports.claim(for: Self.a)
        ports.avoid(first)
        let next = try ports.claim(for: Self.a)
        #expect(next != first)
    }

    @Test("a flow that has gone for good gives up its port, also together with what is above it")
    func released() throws {
        let range = try range(of: 3)
        let (line, other) = (HierarchyPath(["box", "line"]), HierarchyPath(["box", "line-2"]))
        let ports = FlowPorts(range: range)
        let first = try ports.claim(for: line.appending("flow"))
        let second = try ports.claim(for: other)
        ports.release(line)
        #expect(ports.port(of: line.appending("flow")) == nil)
        #expect(ports.port(of: other) == second)
        #expect(try ports.claim(for: Self.a) == first)
    }

    @Test("without a free port the error names the range and the setting")
    func none() async throws {
        let range = try range(of: 1)
        try await occupy(range.lowerBound) {
            let error = #expect(throws: WorkerError.self) { try FlowPorts(range: range).claim(for: Self.a) }
            #expect(error?.description.contains("\(range.lowerBound)") == true)
            #expect(error?.description.contains("limits.flowPorts") == true)
        }
    }
}
