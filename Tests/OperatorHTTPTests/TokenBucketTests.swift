import Testing

@testable import OperatorHTTP

@Suite("Token bucket")
struct TokenBucketTests {
    @Test("as many as the burst may come at once, and then one in each interval")
    func burst() {
        var bucket = TokenBucket(RequestRate(interval: .seconds(1), burst: 3), at: .seconds(100))
        let moments: [Duration] = [
            .seconds(100), .seconds(100), .seconds(100), .seconds(100), .milliseconds(100_999), .seconds(101),
            .seconds(101),
        ]
        let taken = moments.map { bucket.take(at: $0) }
        #expect(taken == [true, true, true, false, false, true, false])
    }

    @Test("a long pause fills it, and no more than that")
    func pause() {
        var bucket = TokenBucket(RequestRate(interval: .seconds(1), burst: 2), at: .zero)
        let taken = (0..<3).map { _ in bucket.take(at: .seconds(3600)) }
        #expect(taken == [true, true, false])
    }
}
