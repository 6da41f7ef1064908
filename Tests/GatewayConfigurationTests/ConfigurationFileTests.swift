import GatewayConfiguration
import Glibc
import Testing

@Suite("Configuration files")
struct ConfigurationFileTests {
    @Test("a missing file is reported")
    func missing() throws {
        #expect(try ConfigurationFixture().problems() == ["gateway.yaml:1:1: cannot be opened: it does not exist"])
    }

    @Test("a directory is refused")
    func directory() throws {
        let fixture = try ConfigurationFixture()
        try fixture.makeFolder("gateway.yaml")
        #expect(fixture.problems() == ["gateway.yaml:1:1: is a directory; name a YAML file"])
    }

    @Test("a named pipe is refused without waiting for a writer")
    func pipe() throws {
        let fixture = try ConfigurationFixture()
        try #require(mkfifo(fixture.mainFile, 0o600) == 0)
        #expect(fixture.problems() == ["gateway.yaml:1:1: is not a regular file; name a YAML file"])
    }

    @Test("a file of 100 MiB is refused by its size")
    func large() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("a: 1".utf8)
        // A hole: it takes no room, and reading it would find no YAML.
        try #require(truncate(fixture.mainFile, 100 << 20) == 0)
        let problem = "gateway.yaml:1:1: the file has 104857600 bytes or more; at most 4194304 are accepted"
        #expect(fixture.problems() == [problem])
    }

    @Test("a file that may not be read is reported", .enabled(if: geteuid() != 0, "root may read every file"))
    func unreadable() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("{}".utf8)
        try #require(chmod(fixture.mainFile, 0) == 0)
        #expect(fixture.problems() == ["gateway.yaml:1:1: cannot be opened: permission denied"])
    }

    @Test("a file that is not UTF-8 is reported with the byte and its place")
    func notUTF8() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write(Array("agent:\n  name: ".utf8) + [0xFF, 0x0A])
        let problem = "gateway.yaml:2:9: byte 15 is not UTF-8; save the text as UTF-8"
        #expect(fixture.problems() == [problem])
    }

    @Test("a conf.d that is no folder, and an empty file in one, are problems")
    func fragments() throws {
        let fixture = try ConfigurationFixture()
        try fixture.write("{}".utf8)
        try fixture.write("".utf8, to: "conf.d")
        #expect(fixture.problems() == ["conf.d:1:1: cannot be listed: a part of the path is not a directory"])
        let other = try ConfigurationFixture()
        try other.write("{}".utf8)
        try other.write("".utf8, to: "conf.d/a.yaml")
        #expect(other.problems().first?.hasPrefix("conf.d/a.yaml:1:1: the file is empty") == true)
    }

    @Test("a byte order mark and CRLF are fine")
    func windows() throws {
        let text = "\u{FEFF}agent:\r\n  name: box\r\nlogging:\r\n  level: debug\r\n"
        #expect(try ConfigurationFixture.load(text).configuration.agent.name == "box")
    }

    @Test(
        "hostile files are refused",
        arguments: [
            "a: \0", "agent:\n\tname: x\n", String(repeating: "[", count: 100_000),
            "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
                + "f: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            "agent: {name: \(String(repeating: "x", count: 3 << 20))}",
            "\(String(repeating: "x", count: 1000)): 1",
            "agent: {name: \"\u{202E}\\e[31m\"}",
        ]
    )
    func hostile(text: String) throws {
        let problems = try ConfigurationFixture.problems(text)
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { $0.utf8.count < 400 && !$0.contains("\u{1B}") && !$0.contains("\u{202E}") })
    }
}
