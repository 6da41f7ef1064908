public import NIOCore

/// One frame of the Kafka protocol: a size, a header, and a body.
///
/// The framing and the `ApiVersions` exchange are Kafka's. The bodies of the other requests are the stand-ins' own,
/// so that a flow can move messages through the stand-in broker without a whole Kafka client.
public struct KafkaFrame: Sendable, Equatable {
    /// The operations that the stand-ins speak, by Kafka's numbers.
    public enum Operation: Int16, Sendable, CaseIterable {
        case produce = 0
        case fetch = 1
        case listOffsets = 2
        case apiVersions = 18
    }

    /// Kafka's code for a topic that does not exist.
    public static let unknownTopic: Int16 = 3

    /// The number that a reply repeats.
    public var correlation: Int32
    /// What follows the header.
    public var body: ByteBuffer

    /// Makes a frame.
    ///
    /// - Parameters:
    ///   - correlation: the number that a reply repeats
    ///   - body: what follows the header
    public init(correlation: Int32, body: ByteBuffer) {
        self.correlation = correlation
        self.body = body
    }

    /// The bytes of a request: size, API key, version 0, correlation, client name, body.
    ///
    /// - Parameters:
    ///   - operation: what is asked for
    ///   - client: the name of the client
    /// - Returns: the bytes to send
    public func request(_ operation: Operation, client: String) -> ByteBuffer {
        var content = ByteBuffer()
        content.writeInteger(operation.rawValue)
        content.writeInteger(Int16(0))
        content.writeInteger(correlation)
        content.writeKafkaString(client)
        content.writeImmutableBuffer(body)
        return Self.sized(content)
    }

    /// The bytes of a reply: size, correlation, body.
    ///
    /// - Returns: the bytes to send
    public func reply() -> ByteBuffer {
        var content = ByteBuffer()
        content.writeInteger(correlation)
        content.writeImmutableBuffer(body)
        return Self.sized(content)
    }

    /// Reads a request without its size.
    ///
    /// - Parameter content: what followed the size
    /// - Returns: the frame and its API key; nothing where the header is short
    public static func readRequest(_ content: ByteBuffer) -> (key: Int16, frame: KafkaFrame)? {
        var content = content
        guard let key = content.readInteger(as: Int16.self), content.readInteger(as: Int16.self) != nil,
            let correlation = content.readInteger(as: Int32.self), content.readKafkaString() != nil
        else { return nil }
        return (key, KafkaFrame(correlation: correlation, body: content))
    }

    /// Reads a reply without its size.
    ///
    /// - Parameter content: what followed the size
    /// - Returns: the frame; nothing where the header is short
    public static func readReply(_ content: ByteBuffer) -> KafkaFrame? {
        var content = content
        guard let correlation = content.readInteger(as: Int32.self) else { return nil }
        return KafkaFrame(correlation: correlation, body: content)
    }

    private static func sized(_ content: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.writeInteger(Int32(content.readableBytes))
        frame.writeImmutableBuffer(content)
        return frame
    }
}

/// Cuts a stream of bytes into the contents of Kafka frames.
public struct KafkaFrameCutter: Sendable {
    /// A peer that announces more is not believed.
    private static let largestFrame = 16 << 20
    private var pending = ByteBuffer()

    /// Makes a cutter at the beginning of a stream.
    public init() {}

    /// Adds bytes of the stream.
    ///
    /// - Parameter bytes: what came
    public mutating func append(_ bytes: ByteBuffer) {
        pending.writeImmutableBuffer(bytes)
    }

    /// The content of the next frame, without its size.
    ///
    /// - Returns: nothing while more bytes are needed
    /// - Throws: where the announced size is out of all reason
    public mutating func next() throws(StandinError) -> ByteBuffer? {
        guard let size = pending.getInteger(at: pending.readerIndex, as: Int32.self) else { return nil }
        guard (0...Self.largestFrame).contains(Int(size)) else { throw StandinError("invalid message size \(size)") }
        guard pending.readableBytes >= 4 + Int(size) else { return nil }
        pending.moveReaderIndex(forwardBy: 4)
        let content = pending.readSlice(length: Int(size))
        pending.discardReadBytes()
        return content
    }
}

extension ByteBuffer {
    /// Writes a string as Kafka does: a 16-bit length and the bytes.
    ///
    /// - Parameter text: at most 32,767 bytes
    public mutating func writeKafkaString(_ text: String) {
        writeInteger(Int16(truncatingIfNeeded: text.utf8.count))
        writeString(text)
    }

    /// Reads a string as Kafka writes it; a length of -1 is an empty one.
    ///
    /// - Returns: nothing where bytes are missing
    public mutating func readKafkaString() -> String? {
        guard let length = readInteger(as: Int16.self) else { return nil }
        return length < 0 ? "" : readString(length: Int(length))
    }
}
