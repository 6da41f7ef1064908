import Glibc
import OperatorHTTP
import ProcessControl
import SystemPackage
import Testing

@Suite("Gateway: store", .timeLimit(.minutes(1)))
struct StoreTests {
    private static let configuration = """
        agent: {name: box}
        processes:
          - name: reader
            command: [sleep, "1000"]
          - name: writer
            command: [sleep, "1000"]
        """

    private func restart(_ directory: TestDirectory) async throws -> RunningGateway {
        try await RunningGateway.start(Self.configuration, in: directory)
    }

    @Test("an operator's stop outlives the sudden death of the gateway, until the operator's start")
    func heldStop() async throws {
        let directory = try TestDirectory()
        let first = try await restart(directory)
        try await first.waitUntilReady("box/reader", "box/writer")
        try await first.control.stop("reader")
        await first.kill()

        let second = try await restart(directory)
        try await second.waitUntilReady("box/writer")
        let reader = try #require(try await second.control.status().root.children.first)
        #expect(reader.state == "stopped")
        #expect(reader.reason == "stopped by an operator")
        try await second.control.start("reader")
        try await second.waitUntilReady("box/reader")
        #expect(await second.stop() == .exited(code: 0))

        let third = try await restart(directory)
        try await third.waitUntilReady("box/reader", "box/writer")
        #expect(await third.stop() == .exited(code: 0))
    }

    @Test("a damaged store is moved aside and told with its runbook, and the gateway comes up")
    func damage() async throws {
        let directory = try TestDirectory()
        let first = try await restart(directory)
        try await first.waitUntilReady("box/reader", "box/writer")
        #expect(await first.stop() == .exited(code: 0))

        let file = directory.path.appending("data/gatewarden.db")
        let descriptor = try FileDescriptor.open(file, .readWrite)
        let noise = [UInt8](repeating: 0xA5, count: 64)
        _ = try descriptor.closeAfter { try descriptor.writeAll(toAbsoluteOffset: 16, noise) }

        let second = try await restart(directory)
        let line = try await second.waitForLog { $0.msg == "Store was damaged, moved aside and begun anew" }
        #expect(line.level == "error")
        guard case .text(let aside) = line.fields["path"], case .text(let runbook) = line.fields["runbook_url"] else {
            throw Missing(what: "path, runbook_url")
        }
        #expect(aside.contains("gatewarden.db.corrupt-"))
        #expect(runbook.hasSuffix("/runbooks/StoreCorrupted"))
        #expect(access(aside, F_OK) == 0)
        let base = try await second.waitForAddress()
        try await second.waitUntilReady("box/reader", "box/writer")
        #expect(try await fetch(base + "/metrics").body.contains("gatewarden_store_corruptions_total 1\n"))
        #expect(await second.stop() == .exited(code: 0))
    }
}
