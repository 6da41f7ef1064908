import GatewayConfiguration
import Testing

@Suite("Location")
struct LocationTests {
    @Test(
        "the levels that a child has are put over its parent's",
        arguments: [
            (LocationSection(), LocationSection(), ""),
            (LocationSection(enterprise: "a", site: "b"), LocationSection(), "a/b"),
            (LocationSection(enterprise: "a", site: "b"), LocationSection(area: "c", line: "d"), "a/b/c/d"),
            (LocationSection(enterprise: "a", site: "b"), LocationSection(site: "x", line: "d"), "a/x/d"),
            (LocationSection(), LocationSection(line: "d"), "d"),
        ]
    )
    func placed(parent: LocationSection, child: LocationSection, path: String) {
        #expect(child.placed(in: parent).path == path)
    }
}
