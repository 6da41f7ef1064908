internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// A rendered and coded exposition on its way to any number of scrapers.
final class ScrapeBody: Sendable {
    /// The body is given up because its memory is needed.
    struct CutOff: Error {}

    private struct Readers {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isCutOff = false
    }

    /// How much is handed over at a time: all at once, TLS would make a second copy of the whole.
    private static let partBytes = 64 << 10

    /// The coded exposition.
    let bytes: [UInt8]
    /// How it is coded.
    let coding: ContentCoding
    private let readers = Mutex(Readers())
    private let onEnd: @Sendable () -> Void

    /// - Parameters:
    ///   - bytes: The coded exposition.
    ///   - coding: How it is coded.
    ///   - onEnd: Is called when nobody reads it any more.
    init(_ bytes: [UInt8], coding: ContentCoding, onEnd: @escaping @Sendable () -> Void) {
        self.bytes = bytes
        self.coding = coding
        self.onEnd = onEnd
    }

    deinit {
        onEnd()
    }

    /// Writes everything; returns when the channel has taken it.
    func write(to writer: inout any ResponseBodyWriter, _ channel: (any Channel)?) async throws {
        try add(channel)
        defer { remove(channel) }
        var start = 0
        while start < bytes.count {
            let end = min(start + Self.partBytes, bytes.count)
            try await writer.write(ByteBuffer(bytes: bytes[start..<end]))
            start = end
        }
        try await writer.finish(nil)
    }

    /// Whether it has been given up.
    var isCutOff: Bool { readers.withLock { $0.isCutOff } }

    /// Closes the connections of all readers.
    func cutOff() {
        let channels = readers.withLock { readers in
            readers.isCutOff = true
            return Array(readers.channels.values)
        }
        for channel in channels { channel.triggerUserOutboundEvent(ExchangeEvent.cutOff, promise: nil) }
    }

    private func add(_ channel: (any Channel)?) throws {
        try readers.withLock { readers in
            guard !readers.isCutOff else { throw CutOff() }
            if let channel { readers.channels[ObjectIdentifier(channel)] = channel }
        }
    }

    private func remove(_ channel: (any Channel)?) {
        readers.withLock { readers in
            if let channel { readers.channels[ObjectIdentifier(channel)] = nil }
        }
    }
}
