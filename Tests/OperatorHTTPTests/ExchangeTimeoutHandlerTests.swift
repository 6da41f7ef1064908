import NIOCore
import NIOEmbedded
import Testing

@testable import OperatorHTTP

@Suite("Exchange timeout")
struct ExchangeTimeoutHandlerTests {
    private let observer = RecordingObserver()

    @Test("an answer in parts is one exchange, however steadily they are taken")
    func parts() throws {
        let channel = try channel()
        try channel.writeInbound(ByteBuffer(string: "GET"))
        channel.triggerUserOutboundEvent(ExchangeEvent.answering, promise: nil)
        for _ in 0..<3 {
            try channel.writeOutbound(ByteBuffer(string: "part"))
            channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        }
        #expect(channel.isActive)
        try channel.writeOutbound(ByteBuffer(string: "part"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(!channel.isActive)
        #expect(observer.seen.refused == 1)
    }

    @Test("once an answer is complete, the next exchange has all of its time")
    func next() throws {
        let channel = try channel()
        for _ in 0..<4 {
            try channel.writeInbound(ByteBuffer(string: "GET"))
            channel.embeddedEventLoop.advanceTime(by: .seconds(20))
            channel.triggerUserOutboundEvent(ExchangeEvent.answering, promise: nil)
            try channel.writeOutbound(ByteBuffer(string: "all"))
            channel.triggerUserOutboundEvent(ExchangeEvent.answered, promise: nil)
            channel.embeddedEventLoop.advanceTime(by: .seconds(3600))
        }
        #expect(channel.isActive)
        _ = try channel.finish()
    }

    @Test("a request that does not come to its end is cut off, and so is an answer whose memory is needed")
    func cuts() throws {
        let slow = try channel()
        try slow.writeInbound(ByteBuffer(string: "G"))
        slow.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(!slow.isActive)
        let needed = try channel()
        needed.triggerUserOutboundEvent(ExchangeEvent.cutOff, promise: nil)
        needed.embeddedEventLoop.run()
        #expect(!needed.isActive)
        #expect(observer.seen.refused == 2)
    }

    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(
            ExchangeTimeoutHandler(timeout: .seconds(30), onCutOff: observer.connectionRefused)
        )
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }
}
