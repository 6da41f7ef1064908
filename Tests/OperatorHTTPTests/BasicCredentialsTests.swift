import FoundationEssentials
import Testing

@testable import OperatorHTTP

@Suite("Basic credentials")
struct BasicCredentialsTests {
    @Test(
        "user and password are read",
        arguments: [
            ("Basic", "ada:secret", "ada", "secret"),
            ("basic", "ada:se:cret", "ada", "se:cret"),
            ("BASIC ", "ada:", "ada", ""),
            ("Basic", ":", "", ""),
            ("Basic", "\u{e4}da:\u{fc}", "\u{e4}da", "\u{fc}"),
        ]
    )
    func read(_ scheme: String, _ text: String, _ user: String, _ password: String) {
        let credentials = BasicCredentials(authorization: "\(scheme) \(Data(text.utf8).base64EncodedString())")
        #expect(credentials?.user == user)
        #expect(credentials?.password == Array(password.utf8))
    }

    @Test(
        "what breaks the grammar is none",
        arguments: ["", "Basic", "Basic ", "Bearer YTpi", "Basic YQ==", "Basic !!!!", "Basic /zpi", "YTpi"]
    )
    func broken(_ header: String) {
        #expect(BasicCredentials(authorization: header) == nil)
    }
}
