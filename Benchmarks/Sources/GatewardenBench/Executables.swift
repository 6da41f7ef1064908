internal import Glibc

/// The programs that the tool finds by itself.
enum Executables {
    /// The supervised program, which is built beside the tool.
    static func child() throws -> String {
        try beside("BenchmarkChild")
    }

    /// A program of this package.
    static func beside(_ name: String) throws -> String {
        guard let tool = TextFile.linkTarget("/proc/self/exe"), let slash = tool.lastIndex(of: "/") else {
            throw BenchmarkError("cannot read /proc/self/exe: mount /proc")
        }
        let program = "\(tool[..<slash])/\(name)"
        guard access(program, X_OK) == 0 else {
            throw BenchmarkError("\(program) is missing: build the whole package Benchmarks")
        }
        return program
    }

    /// The folder of this package, in whose `.build/PLATFORM/CONFIGURATION` the tool is.
    static func packageFolder() throws -> String {
        let parts = try beside("BenchmarkChild").split(separator: "/").dropLast(4)
        return "/" + parts.joined(separator: "/")
    }

    /// The folder in which `make static` puts the stand-ins.
    static func standins(beside binary: String) -> String {
        binary.lastIndex(of: "/").map { "\(binary[..<$0])/standins" } ?? "standins"
    }

    /// The peers on PATH; says on a line which are absent.
    static func peers() -> [any Supervisor] {
        var peers: [any Supervisor] = []
        if let program = find("s6-svscan") { peers.append(S6(program: program)) }
        if let program = find("supervisord") { peers.append(Supervisord(program: program)) }
        let absent = ["s6", "supervisord"].filter { name in !peers.contains { $0.name == name } }
        if !absent.isEmpty { print("not on PATH, so not compared: \(absent.joined(separator: ", "))") }
        return peers
    }

    /// The path of a program on PATH; nil when there is none.
    static func find(_ name: String) -> String? {
        guard let path = getenv("PATH") else { return nil }
        let candidates = String(cString: path).split(separator: ":").map { "\($0)/\(name)" }
        return candidates.first { access($0, X_OK) == 0 }
    }
}
