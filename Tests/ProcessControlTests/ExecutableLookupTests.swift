import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("ExecutableLookup")
struct ExecutableLookupTests {
    private let directory: TemporaryDirectory
    private let bin: FilePath
    private let lookup: ExecutableLookup

    init() throws {
        directory = try TemporaryDirectory()
        bin = try directory.makeDirectory("bin")
        _ = try directory.write("bin/tool", "#!/bin/sh\n")
        _ = try directory.write("bin/plain", "text", mode: [.ownerRead, .otherRead])
        _ = try directory.makeDirectory("bin/folder")
        lookup = ExecutableLookup(searchPath: "/nowhere:\(bin)", workingDirectory: directory.path)
    }

    @Test("a name is searched in the directories of the path")
    func name() throws {
        #expect(try lookup.resolve("tool") == bin.appending("tool"))
    }

    @Test("a name with a slash starts at the working directory")
    func relative() throws {
        #expect(try lookup.resolve("bin/tool") == bin.appending("tool"))
        #expect(try lookup.resolve("./bin/tool") == bin.appending("tool"))
        #expect(try lookup.resolve("/bin/sh") == "/bin/sh")
    }

    @Test("an empty entry of the path is the working directory")
    func emptyEntry() throws {
        #expect(try ExecutableLookup(searchPath: ":/x", workingDirectory: bin).resolve("tool") == bin.appending("tool"))
    }

    @Test(
        "what cannot be executed is told apart",
        arguments: [
            ("missing", ProcessControlError.Code.executableNotFound), ("", .executableNotFound),
            ("bin/missing", .executableNotFound), ("plain", .executableNotRunnable), ("folder", .executableIsDirectory),
            ("bin/folder", .executableIsDirectory),
        ]
    )
    func failures(command: String, code: ProcessControlError.Code) {
        #expect { try lookup.resolve(command) } throws: { ($0 as? ProcessControlError)?.code == code }
    }

    @Test("the error of a missing command names every place")
    func places() {
        #expect {
            try lookup.resolve("missing")
        } throws: {
            let message = "\($0)"
            return message.contains("/nowhere/missing") && message.contains("\(bin)/missing")
        }
    }

    @Test("a later directory is tried when an earlier file cannot be executed")
    func later() throws {
        let other = try directory.makeDirectory("other")
        _ = try directory.write("other/plain", "#!/bin/sh\n")
        let lookup = ExecutableLookup(searchPath: "\(bin):\(other)")
        #expect(try lookup.resolve("plain") == other.appending("plain"))
    }
}

@Suite("ProcessEnvironment")
struct ProcessEnvironmentTests {
    @Test("it takes PATH, HOME and LANG and nothing else, and what is declared wins")
    func clean() {
        let gateway = ["PATH": "/bin", "HOME": "/root", "SECRET": "x"]
        let environment = ProcessEnvironment(gateway: gateway, declared: ["HOME": "/data", "PORT": "1"])
        #expect(environment.variables == ["PATH": "/bin", "HOME": "/data", "PORT": "1"])
        #expect(ProcessEnvironment(gateway: [:]).path == ProcessEnvironment.defaultPath)
    }
}
