import Glibc
import Standins

/// One moment of the broker, as its metrics show it.
struct BrokerFigures: Sendable {
    let uptime: Duration
    let memory: Int
    let process: ProcessFigures
    let diskFree: Int
    let diskTotal: Int
    let provocation: Provocation
    let topics: [String: TopicStore.Topic]
    let kafkaConnections: Int
    let kafkaReceivedBytes: Int
    let kafkaSentBytes: Int
}

/// The size of the file system that a folder lies on.
struct DiskFigures: Sendable, Equatable {
    /// Bytes that may still be written.
    let free: Int
    /// All bytes.
    let total: Int

    /// Asks the kernel; zero where it does not know the folder.
    ///
    /// - Parameter path: any folder
    init(path: String) {
        var answer = statvfs()
        guard statvfs(path, &answer) == 0 else {
            (free, total) = (0, 0)
            return
        }
        free = Int(answer.f_bavail) * Int(answer.f_frsize)
        total = Int(answer.f_blocks) * Int(answer.f_frsize)
    }
}
