import Supervision
import Testing

@Suite struct DependenciesTests {
    private let channel = DependencyKey<String>("channelProvider")

    @Test("what was registered last under a name is what a worker gets")
    func registered() throws {
        var dependencies = Dependencies()
        dependencies.register(channel, "first")
        dependencies.register(channel, "second")
        #expect(try dependencies.value(channel) == "second")
    }

    @Test("a dependency that was not registered is an error that names it and its type")
    func missing() {
        let error = #expect(throws: SupervisionError.self) { try Dependencies().value(channel) }
        #expect(error?.code == .missingDependency)
        #expect(error?.message.contains("channelProvider (String) is missing: it is not registered") == true)
    }

    @Test("a dependency of another type is an error that tells what is there instead")
    func otherType() {
        var dependencies = Dependencies()
        dependencies.register(channel, "text")
        let error = #expect(throws: SupervisionError.self) {
            try dependencies.value(DependencyKey<Int>("channelProvider"))
        }
        #expect(error?.message.contains("a String is registered under that name") == true)
    }
}
