import Dispatch
import Synchronization
import Testing

@testable import OperatorHTTP

@Suite("Scrape renderer", .timeLimit(.minutes(1)))
struct ScrapeRendererTests {
    private static let key = ScrapeRenderer.Key(contentType: "text/plain", coding: .gzip, acceptsIdentity: true)
    private let observer = RecordingObserver()

    @Test("scrapes that come while one is rendered share the next one, which is rendered after they came")
    func sharing() async throws {
        let renderer = ScrapeRenderer(observer: observer)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        let count = Mutex(0)
        let rendition = MetricsRendition(contentType: "text/plain") {
            begin.yield()
            release.wait()
            return Array("\(count.withLock { $0 })\n".utf8)
        }
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await Self.text(renderer, rendition) }
            var beginnings = begun.makeAsyncIterator()
            await beginnings.next()
            for _ in 0..<10 { group.addTask { try await Self.text(renderer, rendition) } }
            while renderer.waitingScrapes < 10 { await Task.yield() }
            count.withLock { $0 = 1 }
            release.signal()
            release.signal()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts.count == 11)
        #expect(texts.count { $0 == "1\n" } >= 10)
        #expect(observer.seen.renderings == 2)
    }

    @Test("a small body is sent as it is, unless that is not accepted")
    func small() async throws {
        let renderer = ScrapeRenderer(observer: observer)
        let rendition = MetricsRendition(contentType: "text/plain") { Array("up 1\n".utf8) }
        #expect(try await renderer.body(Self.key, rendition).coding == .identity)
        let strict = ScrapeRenderer.Key(contentType: "text/plain", coding: .gzip, acceptsIdentity: false)
        #expect(try await renderer.body(strict, rendition).coding == .gzip)
    }

    @Test("where there is no room for a new body, the oldest ones are given up, and the newest one never is")
    func memory() {
        let memory = ScrapeMemory(limit: 250)
        let bytes = [UInt8](repeating: 0, count: 100)
        var first: ScrapeBody? = memory.hold(bytes, coding: .identity)
        let second = memory.hold(bytes, coding: .identity)
        #expect(memory.total == 200)
        #expect(first?.isCutOff == false)
        let third = memory.hold(bytes, coding: .identity)
        #expect(first?.isCutOff == true)
        #expect(!second.isCutOff && !third.isCutOff)
        first = nil
        #expect(memory.total == 200)
        let huge = memory.hold([UInt8](repeating: 0, count: 1000), coding: .identity)
        #expect(second.isCutOff && third.isCutOff && !huge.isCutOff)
        #expect(memory.total == 1000)
    }

    @Test("a body that nobody reads any more takes no room")
    func release() {
        let memory = ScrapeMemory(limit: 100)
        for _ in 0..<5 { #expect(!memory.hold([1, 2, 3], coding: .identity).isCutOff) }
        #expect(memory.total == 0)
    }

    private static func text(_ renderer: ScrapeRenderer, _ rendition: MetricsRendition) async throws -> String {
        String(decoding: try await renderer.body(key, rendition).bytes, as: UTF8.self)
    }
}
