import JSONLogging
import Logging
import Testing

@Suite("LogLevelControl")
struct LogLevelControlTests {
    @Test("every level can be set and named", arguments: Logger.Level.allCases)
    func levels(level: Logger.Level) throws {
        let control = LogLevelControl()
        #expect(control.level == .info)
        control.level = level
        #expect(control.level == level)
        #expect(try Logger.Level(configurationName: level.rawValue) == level)
        #expect(try Logger.Level(configurationName: level.rawValue.uppercased()) == level)
    }

    @Test("other names are refused with the list of good ones", arguments: ["", "warn", "fatal", " info"])
    func unknownLevels(name: String) {
        let error = #expect(throws: JSONLoggingError.self) { try Logger.Level(configurationName: name) }
        #expect(error?.code == .unknownLevel)
        #expect(error?.message.contains("trace, debug, info, notice, warning, error, critical") == true)
    }
}
