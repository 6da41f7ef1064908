internal import Glibc

/// Prometheus' client library for Go (https://github.com/prometheus/client_golang), as Debian installs it.
struct ClientGolang {
    private static let sources = "/usr/share/gocode"

    private let compiler: String

    /// The library and its compiler; nil where one of them is missing.
    static func installed() -> ClientGolang? {
        guard access("\(sources)/src/github.com/prometheus/client_golang", R_OK) == 0 else { return nil }
        return Executables.find("go").map(ClientGolang.init)
    }

    /// Builds the program that measures it; returns its path.
    func build(in workspace: Workspace) throws -> String {
        let program = "\(workspace.path)/client_golang"
        let source = try Executables.packageFolder() + "/Peers/ClientGolang/main.go"
        let settings = ["GO111MODULE=off", "GOPATH=\(Self.sources)", "GOCACHE=\(workspace.path)/cache"]
        let log = "\(workspace.path)/build.log"
        let process = try SpawnedProcess(
            ["/usr/bin/env"] + settings + [compiler, "build", "-o", program, source], directory: workspace.path,
            log: log)
        _ = try process.waitForEnd(limit: .seconds(300))
        guard process.exitCode == 0 else { throw BenchmarkError("go build: \(TextFile.read(log) ?? "")") }
        return program
    }
}
