import EmbeddedFiles
import FoundationEssentials
import Glibc
import ProcessControl
import SystemPackage
import Testing

@Suite("gatewarden export", .timeLimit(.minutes(1)))
struct ExportCommandTests {
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
    }

    @Test(
        "it writes the files of a kind as they are, and once more without a word",
        arguments: [
            ("dashboards", EmbeddedFiles.dashboards.map(\.name)), ("alerts", EmbeddedFiles.alerts.map(\.name)),
            ("runbooks", EmbeddedFiles.runbooks.map(\.name)), ("systemd", EmbeddedFiles.units.map(\.name)),
        ]
    )
    func writes(_ kind: String, _ names: [String]) async throws {
        let folder = directory.path.appending("a").appending("b")
        for _ in 1...2 {
            let result = try await export(kind, to: folder)
            #expect(result.status == .exited(code: 0), "\(result.text(.stderr))")
            #expect(result.output.map(\.text) == names.map { folder.appending($0).string })
        }
        let all = EmbeddedFiles.dashboards + EmbeddedFiles.alerts + EmbeddedFiles.runbooks + EmbeddedFiles.units
        for name in names {
            let isSame = try TestDirectory.content(of: folder.appending(name)) == all.first { $0.name == name }?.bytes
            #expect(isSame, "\(name)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted() == names)
    }

    @Test("a file that is there and different stops all, until it is forced")
    func different() async throws {
        try directory.write("StoreDegraded.md", "our own page")
        let refused = try await export("runbooks", to: directory.path)
        #expect(refused.status == .exited(code: 1))
        let file = directory.path.appending("StoreDegraded.md")
        #expect(refused.text(.stderr) == "gatewarden: nothing written: \(file) is different; --force replaces it")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path.string) == ["StoreDegraded.md"])
        #expect(try await export("runbooks", to: directory.path, "--force").status == .exited(code: 0))
        let page = try #require(EmbeddedFiles.runbooks.first { $0.name == "StoreDegraded.md" })
        #expect(try TestDirectory.content(of: file) == page.bytes)
    }

    @Test("another place for the runbooks is in all links, and the rules are rules still")
    func runbookBase() async throws {
        let base = "https://wiki.example:8443/edge"
        for kind in ["alerts", "dashboards"] {
            let result = try await export(kind, to: directory.path, "--runbook-base-url", "\(base)/")
            #expect(result.status == .exited(code: 0), "\(result.text(.stderr))")
        }
        let rules = directory.path.appending("gatewarden.rules.yml")
        let text = String(decoding: try TestDirectory.content(of: rules), as: UTF8.self)
        #expect(text.contains("runbook_url: \(base)/StoreDegraded\n"))
        #expect(!text.contains("}/runbooks"))
        #expect(
            text.components(separatedBy: "\(base)/").count - 1 == text.components(separatedBy: "- alert: ").count - 1)
        let check = try await Program.run("/bin/sh", ["-c", "promtool check rules '\(rules)'"])
        #expect(check.status == .exited(code: 0), "\(check.text(.stdout))\(check.text(.stderr))")
    }

    @Test("no link of a dashboard leads to the box where another place is named")
    func dashboardLinks() async throws {
        let base = "https://wiki.example/edge"
        let result = try await export("dashboards", to: directory.path, "--runbook-base-url", base)
        #expect(result.status == .exited(code: 0), "\(result.text(.stderr))")
        for file in EmbeddedFiles.dashboards {
            let text = try exported(file.name)
            #expect(text.contains("\"url\": \"\(base)/"), "\(file.name)")
            #expect(!text.contains("/runbooks"), "\(file.name)")
        }
    }

    @Test("links to boxes that speak TLS are the same but for the scheme")
    func encryptedBoxes() async throws {
        for kind in ["alerts", "dashboards"] {
            let result = try await export(kind, to: directory.path, "--https")
            #expect(result.status == .exited(code: 0), "\(result.text(.stderr))")
        }
        for file in EmbeddedFiles.alerts + EmbeddedFiles.dashboards {
            let text = try exported(file.name)
            #expect(text.replacing("https://", with: "http://") == file.text.replacing("https://", with: "http://"))
            #expect(!text.contains(/http:\/\/[^"\n\/]*\/runbooks/), "\(file.name)")
        }
        let both = try await export("alerts", to: directory.path, "--https", "--runbook-base-url", "https://x")
        #expect(both.status == .exited(code: 64))
    }

    @Test("systemd has nothing to say about the unit", .enabled(if: access(Self.systemdAnalyze, X_OK) == 0))
    func unit() async throws {
        #expect(try await export("systemd", to: directory.path).status == .exited(code: 0))
        let file = directory.path.appending("gatewarden.service")
        let unit = String(decoding: try TestDirectory.content(of: file), as: UTF8.self)
        // It also looks whether the programs are there.
        try directory.write("gatewarden.service", unit.replacing("/usr/bin/gatewarden", with: Binaries.gateway.string))
        let result = try await Program.run(FilePath(Self.systemdAnalyze), ["verify", file.string])
        #expect(result.status == .exited(code: 0))
        #expect(result.output.isEmpty, "\(result.output.map(\.text))")
    }

    private static let systemdAnalyze = "/usr/bin/systemd-analyze"

    @Test(
        "what cannot be done is said",
        arguments: [
            (["alerts", "DIR", "--runbook-base-url", "wiki"], "\"wiki\" is not an address", 1),
            (["alerts", "DIR", "--runbook-base-url", "http://{{ a }}"], "is not an address", 1),
            (["runbooks", "DIR", "--runbook-base-url", "http://a"], "not for runbooks", 1),
            (["alerts", "/proc/none"], "/proc/none cannot be made", 1),
            (["everything", "DIR"], "export one of dashboards, alerts, runbooks, systemd", 64),
        ]
    )
    func refuses(_ arguments: [String], _ message: String, _ code: Int32) async throws {
        let here = arguments.map { $0 == "DIR" ? directory.path.string : $0 }
        let result = try await Program.run(Binaries.gateway, ["export"] + here)
        #expect(result.status == .exited(code: code))
        #expect(result.text(.stderr).contains(message), "\(result.text(.stderr))")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path.string).isEmpty)
    }

    private func exported(_ name: String) throws -> String {
        String(decoding: try TestDirectory.content(of: directory.path.appending(name)), as: UTF8.self)
    }

    private func export(_ kind: String, to folder: FilePath, _ more: String...) async throws -> Program.Result {
        try await Program.run(Binaries.gateway, ["export", kind, folder.string] + more)
    }
}
