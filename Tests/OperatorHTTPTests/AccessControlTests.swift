import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import OperatorHTTP

@Suite("Access control", .timeLimit(.minutes(1)))
struct AccessControlTests {
    /// A file of which a test says what is in it, and when time passes.
    private final class Source: Sendable {
        struct Broken: Error, CustomStringConvertible {
            let description: String
        }

        struct State {
            var now = Duration.zero
            var header: String? = "first"
            var isCurrent = true
            var readings = 0
        }

        let state = Mutex(State())

        func read() throws -> AccessControl.Reading {
            try state.withLock { state in
                state.readings += 1
                guard let header = state.header else { throw Broken(description: "line 1 is wrong") }
                let access = ServerAccess(headers: [AnswerHeader("X-XSS-Protection", header)].compactMap(\.self))
                return AccessControl.Reading(access: access) { self.state.withLock { $0.isCurrent } }
            }
        }

        /// Changes the file.
        func write(_ header: String?) {
            state.withLock { state in
                state.header = header
                state.isCurrent = false
            }
        }

        func pass(_ duration: Duration) {
            state.withLock { $0.now += duration }
        }
    }

    private let source = Source()
    private let observer = RecordingObserver()

    @Test("a change is seen with the first look that is a second later")
    func change() async throws {
        let control = try control()
        source.write("second")
        source.pass(.milliseconds(999))
        #expect(await header(control) == "first")
        source.pass(.milliseconds(1))
        #expect(await header(control) == "second")
        #expect(observer.outcomes == ["first", "second"])
    }

    @Test("what has not changed is not read again")
    func unchanged() async throws {
        let control = try control()
        for _ in 0..<5 {
            source.pass(.seconds(2))
            #expect(await header(control) == "first")
        }
        #expect(source.state.withLock { $0.readings } == 1)
    }

    @Test("what is wrong leaves the last good one in force, is told once, and is read again until it is right")
    func broken() async throws {
        let control = try control()
        source.write(nil)
        for _ in 0..<3 {
            source.pass(.seconds(1))
            #expect(await header(control) == "first")
        }
        source.write("third")
        source.pass(.seconds(1))
        #expect(await header(control) == "third")
        #expect(observer.outcomes == ["first", "kept: line 1 is wrong", "third"])
    }

    @Test("many askers at once cause one reading, and all see what it has read")
    func crowd() async throws {
        let control = try control()
        source.write("second")
        source.pass(.seconds(1))
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let headers = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<20 {
                group.addTask { await header(control) }
                group.addTask { try? await control.current(on: loop).get().headers.first?.value }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(headers == ["second"])
        #expect(observer.outcomes == ["first", "second"])
    }

    private func control() throws -> AccessControl {
        AccessControl(
            try source.read(),
            observer: observer,
            now: { [source] in source.state.withLock { $0.now } },
            read: { [source] in
                let reading = try source.read()
                source.state.withLock { $0.isCurrent = true }
                return reading
            }
        )
    }

    private func header(_ control: AccessControl) async -> String? {
        await control.current().headers.first?.value
    }
}
