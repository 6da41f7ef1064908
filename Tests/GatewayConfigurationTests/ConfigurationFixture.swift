import GatewayConfiguration
import Glibc

/// A temporary folder with configuration files, removed at the end of its test.
final class ConfigurationFixture {
    /// 2026-11-21T02:05:30.123Z.
    static let now = Duration.milliseconds(1_795_226_730_123)

    let folder: String

    init() throws {
        var template = Array("/tmp/gatewarden-configuration-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FixtureError(what: "mkdtemp", code: errno) }
        folder = template.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    deinit {
        for name in ["\(folder)/conf.d", folder] {
            guard let directory = opendir(name) else { continue }
            while let entry = readdir(directory) {
                let file = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                    tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                // `.` and `..` cannot be unlinked, which is fine.
                unlink("\(name)/\(file)")
                rmdir("\(name)/\(file)")
            }
            closedir(directory)
            rmdir(name)
        }
    }

    var mainFile: String { "\(folder)/gateway.yaml" }

    func write(_ bytes: some Collection<UInt8>, to name: String = "gateway.yaml") throws {
        if name.hasPrefix("conf.d/") { mkdir("\(folder)/conf.d", 0o755) }
        let descriptor = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FixtureError(what: "open", code: errno) }
        defer { close(descriptor) }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw FixtureError(what: "write", code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    func makeFolder(_ name: String) throws {
        guard mkdir("\(folder)/\(name)", 0o755) == 0 else { throw FixtureError(what: "mkdir", code: errno) }
    }

    func load(
        environment: [String: String] = [:],
        flags: [ConfigurationOverride] = [],
        lookUp: @escaping ConfigurationLoader.ProgramLookup = { _, _, _ in nil }
    ) throws(ConfigurationProblems) -> LoadedConfiguration {
        let loader = ConfigurationLoader(lookUpProgram: lookUp, now: { Self.now })
        return try loader.load(file: mainFile, environment: environment, flags: flags)
    }

    /// Loads a text.
    static func load(_ text: String, environment: [String: String] = [:]) throws -> LoadedConfiguration {
        let fixture = try ConfigurationFixture()
        try fixture.write(text.utf8)
        return try fixture.load(environment: environment)
    }

    /// Loads a text and gives its problems, one per line, without the folder; empty where there are none.
    static func problems(_ text: String) throws -> [String] {
        let fixture = try ConfigurationFixture()
        try fixture.write(text.utf8)
        return fixture.problems()
    }

    func problems(
        environment: [String: String] = [:],
        flags: [ConfigurationOverride] = [],
        lookUp: @escaping ConfigurationLoader.ProgramLookup = { _, _, _ in nil }
    ) -> [String] {
        do {
            _ = try load(environment: environment, flags: flags, lookUp: lookUp)
            return []
        } catch {
            return error.problems.map { problem in
                let text = problem.description
                return text.hasPrefix("\(folder)/") ? String(text.dropFirst(folder.count + 1)) : text
            }
        }
    }
}

struct FixtureError: Error {
    let what: String
    let code: Int32
}
