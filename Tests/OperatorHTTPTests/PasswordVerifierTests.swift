import Bcrypt
import FoundationEssentials
import Testing

@testable import OperatorHTTP

@Suite("Password verifier", .timeLimit(.minutes(1)))
struct PasswordVerifierTests {
    private let verifier = PasswordVerifier()
    /// The password is `U*U`: a test vector of crypt_blowfish.
    private let users = ["ada": "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"]

    @Test(
        "only the user's own password is right, the first time and when it is remembered",
        arguments: [
            ("ada", "U*U", PasswordVerifier.Verdict.right), ("ada", "U*U*", .wrong), ("ada", "", .wrong),
            ("eve", "U*U", .wrong), ("", "", .wrong),
        ]
    )
    func verdicts(_ user: String, _ password: String, _ verdict: PasswordVerifier.Verdict) async throws {
        for _ in 0..<2 { #expect(try await verify(user, password) == verdict) }
    }

    @Test("what was right for another hash, or a user that is gone, is not right any more")
    func changed() async throws {
        #expect(try await verify("ada", "U*U") == .right)
        let other = ["ada": "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"]
        #expect(try await verify("ada", "U*U", other) == .wrong)
        #expect(try await verify("ada", "U*U", [:]) == .wrong)
    }

    @Test("guesses do not make a right password forgotten")
    func guesses() async throws {
        #expect(try await verify("ada", "U*U") == .right)
        for number in 0..<150 { #expect(try await verify("ada", "\(number)") == .wrong) }
        // Remembered, so that it is answered even while the queue of checks is full.
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 { group.addTask { _ = try? await verify("eve", "\(number)") } }
            #expect((try? await verify("ada", "U*U")) == .right)
        }
    }

    @Test("more checks than may wait are refused, none is passed")
    func flood() async throws {
        let verdicts = try await withThrowingTaskGroup(of: PasswordVerifier.Verdict.self) { group in
            for number in 0..<200 { group.addTask { try await verify("ada", "guess \(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(!verdicts.contains(.right))
        #expect(verdicts.contains(.busy))
    }

    private func verify(
        _ user: String,
        _ password: String,
        _ users: [String: String]? = nil
    ) async throws -> PasswordVerifier.Verdict {
        let text = Data("\(user):\(password)".utf8).base64EncodedString()
        let credentials = try #require(BasicCredentials(authorization: "Basic \(text)"))
        return await verifier.verify(credentials, among: try (users ?? self.users).mapValues { try BcryptHash($0) })
    }
}
