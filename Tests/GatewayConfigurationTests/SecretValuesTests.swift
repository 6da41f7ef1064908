import GatewayConfiguration
import Testing

@Suite("SecretValues")
struct SecretValuesTests {
    @Test("values of variables whose names say so are secret, and all that is made from them")
    func configuration() throws {
        let loaded = try ConfigurationFixture.load(
            """
            variables:
              host: plant.example
              dbPassword: from-all
              login: {user: reader, secret: {key: in-a-mapping, list: [in-a-list, 4711]}}
            processes:
              - name: reader
                command: [reader, "--url=db://{{ global.dbPassword }}@{{ global.host }}", "{{ global.host }}"]
                variables: {TOKEN: its-own}
                environment:
                  PLC: "10.0.0.5"
                  API_TOKEN: from-environment
                  USE_TOKEN: "true"
                  DSN: "x:{{ TOKEN }}"
            """
        )
        #expect(
            Set(loaded.secretValues()) == [
                "from-all", "in-a-mapping", "in-a-list", "4711", "its-own", "from-environment", "x:its-own",
                "--url=db://from-all@plant.example",
            ]
        )
    }

    @Test("a configuration without secrets has none")
    func none() throws {
        let loaded = try ConfigurationFixture.load(
            "processes: [{name: a, command: [a], environment: {PLC: \"10.0.0.5\"}}]")
        #expect(loaded.secretValues().isEmpty)
    }

    @Test(
        "the secrets of declared children are those of their environment and of unchecked configurations, at any depth")
    func declarations() throws {
        let children = try ChildDeclarationFixture.load(
            """
            - name: bridge
              workerType: application
              children:
                - name: reader
                  workerType: process
                  userSpec:
                    config: {command: [reader], environment: {API_TOKEN: "{{ global.apiToken }}", PLC: "10.0.0.5"}}
                - {name: other, workerType: calculator, userSpec: {config: {login: {password: swordfish}, port: 502}}}
            """
        )
        #expect(Set(children.flatMap { $0.secretValues() }) == ["hush", "swordfish"])
    }
}
