import OperatorHTTP
import Testing

@Suite("Operator error")
struct OperatorErrorTests {
    @Test(
        "an unknown child is answered with the closest known one",
        arguments: [
            ("/line-1/brokr", "/line-1/broker"), ("broker", "/line-1/broker"), ("/line-2/flow", "/line-1/flow"),
        ]
    )
    func closest(_ given: String, _ meant: String) {
        let error = OperatorError.unknownChild(given, among: ["/line-1/broker", "/line-1/flow"])
        #expect(error.code == .unknownChild)
        #expect(error.message == "no child \"\(given)\": did you mean \"\(meant)\"? `gatewarden status` lists all")
    }

    @Test("without children there is nothing to suggest")
    func noChildren() {
        let error = OperatorError.unknownChild("/a", among: [])
        #expect(error.message == "no child \"/a\": this gateway has no children; add some to its configuration")
    }
}
