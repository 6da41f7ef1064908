import Dispatch
import EmbeddedFiles
import FoundationEssentials
import Glibc
import SystemPackage
import Testing
import YAML

@Suite("Alerting rules", .timeLimit(.minutes(2)))
struct AlertRulesTests {
    @Test(
        "promtool finds nothing to say about the rules", .enabled(if: Promtool.isInstalled, "promtool is not installed")
    )
    func check() async throws {
        let folder = Repository.root.appending("alerts")
        for file in EmbeddedFiles.alerts {
            #expect(try await Promtool.run("check rules --lint=all --lint-fatal '\(folder.appending(file.name))'") == 0)
        }
    }

    @Test("the rules do what their tests say", .enabled(if: Promtool.isInstalled, "promtool is not installed"))
    func behave() async throws {
        let folder = Repository.root.appending("alerts/tests")
        let names = try Repository.files(in: "alerts/tests").map(\.name)
        try #require(!names.isEmpty)
        let files = names.map { "'\(folder.appending($0))'" }.joined(separator: " ")
        #expect(try await Promtool.run("test rules \(files)") == 0)
    }

    @Test("every alert has a test in which it fires and one in which it is silent")
    func coverage() throws {
        var firing: Set<String> = []
        var silent: Set<String> = []
        for file in try Repository.files(in: "alerts/tests") {
            for test in try Document(file.bytes).list("tests") {
                for check in test["alert_rule_test"]?.sequence ?? [] {
                    let name = try #require(check["alertname"]?.scalar?.text)
                    if check["exp_alerts"]?.sequence?.isEmpty ?? true {
                        silent.insert(name)
                    } else {
                        firing.insert(name)
                    }
                }
            }
        }
        let names = Set(try Alert.all().map(\.name))
        #expect(firing == names)
        // An alert that always fires cannot be silent.
        #expect(silent == names.subtracting(["Watchdog"]))
    }

    /// Where the pages of those alerts are that concern no box: on whichever one they are read.
    private static let boxes = [
        "Watchdog": "127.0.0.1:9620", "GatewardenAbsent": "{{ or $labels.instance `127.0.0.1:9620` }}",
    ]

    @Test("every alert has a severity, says what to do first, and leads to its page and to a dashboard")
    func annotations() throws {
        let pages = Set(EmbeddedFiles.runbooks.map(\.name))
        for alert in try Alert.all() {
            #expect(["critical", "warning", "info", "none"].contains(alert.severity), "\(alert.name)")
            #expect(pages.contains("\(alert.name).md"), "\(alert.name) has no page")
            let box = Self.boxes[alert.name] ?? "{{ $labels.instance }}"
            #expect(alert.annotations["runbook_url"] == "http://\(box)/runbooks/\(alert.name)")
            #expect(alert.annotations["summary"]?.hasSuffix(".") == true, "\(alert.name)")
            #expect(
                alert.annotations["description"]?.contains("First") == true, "\(alert.name) does not say what to do")
            #expect(alert.annotations["dashboard"]?.hasPrefix("/d/gatewarden-") == true, "\(alert.name)")
            #expect(alert.annotations.count == 4, "\(alert.name)")
        }
    }
}

/// An alert of the rules in this repository.
private struct Alert {
    let name: String
    let severity: String?
    let annotations: [String: String]

    static func all() throws -> [Alert] {
        try EmbeddedFiles.alerts.flatMap { file in
            try Document(file.bytes).list("groups").flatMap { $0["rules"]?.sequence ?? [] }.compactMap(Alert.init)
        }
    }

    private init?(_ rule: YAMLNode) {
        guard let name = rule["alert"]?.scalar?.text else { return nil }
        self.name = name
        severity = rule["labels"]?["severity"]?.scalar?.text
        let entries = rule["annotations"]?.mapping ?? []
        annotations = Dictionary(
            entries.map { ($0.key.scalar?.text ?? "", $0.value.scalar?.text ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// A YAML file.
private struct Document {
    private let root: YAMLNode?

    init(_ bytes: [UInt8]) throws {
        root = try YAMLParser.parse(bytes: bytes)
    }

    func list(_ key: String) -> [YAMLNode] { root?[key]?.sequence ?? [] }
}

/// The program that knows Prometheus' rules.
private enum Promtool {
    static var isInstalled: Bool { system("command -v promtool >/dev/null") == 0 }

    /// Runs it; what it finds is recorded as an issue.
    ///
    /// It takes seconds, for which other tests need the few threads that run tasks.
    ///
    /// - Returns: Its exit code.
    static func run(_ arguments: String) async throws -> Int32 {
        let (status, output) = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try readAll(arguments) }) }
        }
        if status != 0 { Issue.record("promtool \(arguments): \(output)") }
        return status
    }

    private static func readAll(_ arguments: String) throws -> (status: Int32, output: String) {
        guard let pipe = popen("promtool \(arguments) 2>&1", "r") else { throw Errno(rawValue: errno) }
        var output = ""
        var chunk = [CChar](repeating: 0, count: 4096)
        while fgets(&chunk, Int32(chunk.count), pipe) != nil {
            output += String(decoding: chunk.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        return (pclose(pipe), output)
    }
}
