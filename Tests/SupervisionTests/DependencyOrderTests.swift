import Supervision
import Testing

@Suite struct DependencyOrderTests {
    @Test("children without dependencies keep the order in which they were declared")
    func declared() throws {
        let order = try DependencyOrder([("c", []), ("a", []), ("b", [])])
        #expect(order.order == [0, 1, 2])
    }

    @Test("every child comes after the ones it depends on")
    func dependencies() throws {
        let order = try DependencyOrder([("flow", ["broker", "plc"]), ("broker", ["disk"]), ("plc", []), ("disk", [])])
        let position = Dictionary(uniqueKeysWithValues: order.order.enumerated().map { ($1, $0) })
        for (child, dependencies) in order.dependencies.enumerated() {
            for dependency in dependencies {
                #expect(try #require(position[dependency]) < #require(position[child]))
            }
        }
        #expect(order.dependents[1] == [0])
    }

    @Test("a cycle is an error that prints the cycle and nothing around it")
    func cycle() {
        let error = #expect(throws: SupervisionError.self) {
            try DependencyOrder([("x", ["a"]), ("a", ["b"]), ("b", ["c"]), ("c", ["a"]), ("y", [])])
        }
        #expect(error?.code == .dependencyCycle)
        #expect(error?.message.contains("a -> b -> c -> a") == true)
    }

    @Test("a child that depends on itself is a cycle")
    func selfCycle() {
        let error = #expect(throws: SupervisionError.self) { try DependencyOrder([("a", ["a"])]) }
        #expect(error?.message.contains("a -> a") == true)
    }

    @Test("a dependency that is not declared is named together with the child")
    func unknown() {
        let error = #expect(throws: SupervisionError.self) { try DependencyOrder([("flow", ["brocker"])]) }
        #expect(error?.code == .unknownDependency)
        #expect(error?.message.contains("flow depends on brocker") == true)
    }
}
