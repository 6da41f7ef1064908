import Supervision
import Workers

/// What is known of one broker, and what was told of it already: decides what is news.
struct BrokerAccount: Sendable {
    /// Something that is worth a line of the log.
    enum News: Sendable, Equatable {
        /// The broker takes the lack of space on its disk more or less seriously than before.
        case diskAlert(from: BrokerFigures.Disk.Alert, to: BrokerFigures.Disk.Alert, freeBytes: Int?)
        /// Another process holds the admin port of the broker.
        case portHeld(holder: String)
    }

    /// What was seen last; nil before the first observation.
    private(set) var observation: RedpandaObservation?
    /// The alert that was told last; a restart of the broker does not change its disk.
    private var toldAlert = BrokerFigures.Disk.Alert.ok
    /// Who was told to hold the port of the present process.
    private var toldHolder: String?

    /// Takes in an observation.
    ///
    /// - Parameter new: what was seen.
    /// - Returns: what is news; nothing while things stay as they are.
    mutating func note(_ new: RedpandaObservation) -> [News] {
        // What was told of an earlier process says nothing of this one.
        if new.process.phase != observation?.process.phase { toldHolder = nil }
        observation = new
        return [alertNews(new), holderNews(new)].compactMap(\.self)
    }

    private mutating func alertNews(_ new: RedpandaObservation) -> News? {
        guard let disk = new.condition?.figures?.disk, let alert = disk.alert, alert != toldAlert else { return nil }
        defer { toldAlert = alert }
        return .diskAlert(from: toldAlert, to: alert, freeBytes: disk.freeBytes)
    }

    private mutating func holderNews(_ new: RedpandaObservation) -> News? {
        let holder = new.process.isRunning ? new.portHolder : nil
        guard holder != toldHolder else { return nil }
        toldHolder = holder
        return holder.map { .portHeld(holder: $0) }
    }
}
