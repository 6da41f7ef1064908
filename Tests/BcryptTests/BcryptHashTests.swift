import Bcrypt
import Testing

@Suite("bcrypt hashes", .timeLimit(.minutes(1)))
struct BcryptHashTests {
    /// Test vectors of crypt_blowfish and of jBCrypt, and the hash in Prometheus' guide on basic authentication.
    @Test(
        "a password matches its hash, and no other one does",
        arguments: [
            ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
            ("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
            ("a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"),
            ("test", "$2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay"),
        ]
    )
    func matches(_ password: String, _ hash: String) throws {
        let hash = try BcryptHash(hash)
        #expect(hash.matches(Array(password.utf8)))
        #expect(!hash.matches(Array((password + "x").utf8)))
        #expect(!hash.matches(Array((password + "\0").utf8)))
    }

    @Test(
        "a text that is no hash, or too costly, is refused without being repeated",
        arguments: [
            "", "secret", "$1$abc$def", "$2y$10$short",
            "$2x$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG",
            "$2y$1x$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG",
            "$2y$03$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG",
            "$2y$31$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG",
            "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7z!",
        ]
    )
    func refused(_ text: String) {
        let error = #expect(throws: BcryptError.self) { try BcryptHash(text) }
        #expect(text.isEmpty || error.map { !$0.message.contains(text) } == true)
    }

    @Test("nobody has a password")
    func nobody() {
        let hash = BcryptHash.ofNobody(cost: 4)
        for password in ["", "password", String(repeating: ".", count: 53)] {
            #expect(!hash.matches(Array(password.utf8)))
        }
    }
}
