internal import Bcrypt
internal import Synchronization

/// Checks passwords, and remembers what was found, so that a scrape each second costs one check in all.
///
/// Checks run one at a time on a thread that gives way to every other one, and a few may wait: whoever guesses passwords
/// takes time from nobody. What is remembered are hashes with a key that is made anew with each start, so that memory
/// holds no password.
final class PasswordVerifier: Sendable {
    /// What a check has come to.
    enum Verdict: Equatable {
        /// The password is the user's.
        case right
        /// It is not, or there is no such user.
        case wrong
        /// Too many checks wait.
        case busy
    }

    /// A keyed hash of user, password hash and password: two SipHash values, 128 bits together.
    private struct Key: Hashable {
        let words: [Int]
    }

    /// How many outcomes are remembered; beyond that, an arbitrary one is forgotten for each new one.
    private static let remembered = 100
    private static let waiting = 8
    /// The cost of the check for users that do not exist, where there are no others to compare with.
    private static let usualCost = 10

    private let outcomes = Mutex<[Key: Bool]>([:])
    private let worker = SerialWorker(niceness: 19, limit: waiting)
    private let secrets: [UInt64]

    /// Makes a verifier that remembers nothing.
    init() {
        var generator = SystemRandomNumberGenerator()
        secrets = (0..<4).map { _ in generator.next() }
    }

    /// Checks a password; takes as long for a user that does not exist as for another one.
    ///
    /// - Parameters:
    ///   - credentials: What the client says.
    ///   - users: The hash of the password of each user.
    /// - Returns: What the check has come to.
    func verify(_ credentials: BasicCredentials, among users: [String: BcryptHash]) async -> Verdict {
        let cost = users.values.map(\.cost).max() ?? Self.usualCost
        let known = users[credentials.user]
        let hash = known ?? BcryptHash.ofNobody(cost: cost)
        let key = key(credentials, hash)
        if let isRight = outcomes.withLock({ $0[key] }) { return isRight ? .right : .wrong }
        let isRight = await worker.run { [self] in
            // Many requests with the same credentials may have waited for the first one's check.
            if let isRight = outcomes.withLock({ $0[key] }) { return isRight }
            let isRight = hash.matches(credentials.password) && known != nil
            remember(isRight, key)
            return isRight
        }
        guard let isRight else { return .busy }
        return isRight ? .right : .wrong
    }

    private func remember(_ isRight: Bool, _ key: Key) {
        outcomes.withLock { outcomes in
            if outcomes.count >= Self.remembered {
                // Those of guesses first: they must not make the scraper's be checked again.
                let victim = outcomes.first { !$0.value } ?? outcomes.first
                if let victim { outcomes[victim.key] = nil }
            }
            outcomes[key] = isRight
        }
    }

    private func key(_ credentials: BasicCredentials, _ hash: BcryptHash) -> Key {
        Key(
            words: [secrets[..<2], secrets[2...]].map { secrets in
                var hasher = Hasher()
                for secret in secrets { hasher.combine(secret) }
                hasher.combine(credentials.user)
                hasher.combine(hash)
                hasher.combine(credentials.password)
                return hasher.finalize()
            }
        )
    }
}
