import Glibc
import StandinsTesting
import SystemPackage
import Testing

/// A plant with a broker, a flow into it, and a program beside them, of which a test can break the broker and the program.
struct WalkPlant {
    /// What the broken broker says before it ends.
    static let lastWords = "the disk with the data is gone"

    let directory: TestDirectory
    private let kafka = PortLease()
    private let admin = PortLease()
    private let rpc = PortLease()
    private let standins: String

    init() throws {
        directory = try TestDirectory()
        standins = try #require(Binaries.standins).string
        try directory.write(
            "broker.sh",
            """
            [ -e '\(crashFile)' ] && { echo '\(Self.lastWords)'; exit 7; }
            exec '\(standins)/redpanda' "$@"
            """
        )
        try repairReader()
    }

    /// The configuration of a gateway with this plant.
    ///
    /// Attempts follow each other within milliseconds, and after the escalation there is none within the test: what is
    /// repaired then is repaired by the operator.
    var configuration: String {
        """
        agent: {name: box}
        supervisor:
          tickInterval: 20ms
          collectorInterval: 200ms
          circuit: {initialDelay: 100ms, maximumDelay: 10m, reportInterval: 50ms, settleTime: 50ms}
        redpanda:
          name: broker
          command: [sh, "\(directory.path)/broker.sh"]
          kafka: "127.0.0.1:\(kafka.number)"
          admin: "127.0.0.1:\(admin.number)"
          rpc: "127.0.0.1:\(rpc.number)"
          restart: {initialDelay: 10ms, maximumDelay: 20ms}
        flows:
          - name: flow
            command: ["\(standins)/benthos"]
            dependsOn: [broker]
            config:
              shutdown_timeout: 1s
              input: {generate: {interval: 20ms, mapping: 'root = {"n": counter()}'}}
              output: {kafka_franz: {seed_brokers: ["127.0.0.1:\(kafka.number)"], topic: t1}}
        processes:
          - {name: reader, command: ["\(reader)"], restart: {initialDelay: 100ms, maximumDelay: 200ms}}
        """
    }

    /// Lets every further start of the broker end at once.
    func breakBroker() throws {
        try directory.write(Self.crashName, "")
    }

    /// Lets the broker start again.
    func repairBroker() throws {
        guard unlink(crashFile.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Takes the reader's program away.
    func breakReader() throws {
        guard unlink(reader.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Puts the reader's program in place.
    func repairReader() throws {
        try directory.replace("reader.sh", "#!/bin/sh\nexec sleep 100000\n")
    }

    private static let crashName = "crash"
    private var crashFile: FilePath { directory.path.appending(Self.crashName) }
    private var reader: FilePath { directory.path.appending("reader.sh") }
}
