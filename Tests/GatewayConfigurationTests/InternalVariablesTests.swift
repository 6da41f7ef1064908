import GatewayConfiguration
import Testing

@Suite("Internal variables")
struct InternalVariablesTests {
    @Test(
        "a moment is written as RFC 3339 does, in UTC with milliseconds",
        arguments: [
            (Duration.zero, "1970-01-01T00:00:00.000Z"),
            (.milliseconds(951_782_400_007), "2000-02-29T00:00:00.007Z"),
            (.milliseconds(-1), "1969-12-31T23:59:59.999Z"),
            (.seconds(253_402_300_799), "9999-12-31T23:59:59.000Z"),
            (.seconds(253_402_300_800), "1970-01-01T00:00:00.000Z"),
            (.seconds(Int64.max), "1970-01-01T00:00:00.000Z"),
        ]
    )
    func createdAt(moment: Duration, text: String) {
        let variables = InternalVariables(path: ["a"], createdAt: moment, location: LocationSection())
        #expect(variables.values["createdAt"] == VariableValue(.string(text)))
    }
}
