import Glibc
import ProcessControl
import SystemPackage

/// A child that writes numbered lines when it is told to, and says on a channel of its own when it has.
///
/// It notifies on descriptor 5 at its start.
final class Typist: Sendable {
    private let orders: FilePath
    private let reports: FilePath
    private let listener = Watched()

    /// Prepares its channels in a directory.
    init(in directory: TemporaryDirectory) {
        orders = directory.path.appending("orders")
        reports = directory.path.appending("reports")
        mkfifo(orders.string, 0o600)
        mkfifo(reports.string, 0o600)
    }

    /// The program and its arguments.
    var command: [String] {
        let script = """
            exec 3<> "$1" 4<> "$2"
            echo >&5
            exec 5>&-
            total=0
            while read -r count <&3; do
                end=$((total + count))
                while [ $total -lt $end ]; do echo "$total"; total=$((total + 1)); done
                echo "$total" >&4
            done
            """
        return ["/bin/sh", "-c", script, "typist", orders.string, reports.string]
    }

    /// The program as a child.
    var spec: ProcessSpec {
        var spec = ProcessSpec(
            executable: FilePath(command[0]),
            arguments: Array(command.dropFirst()),
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
        spec.onGatewayRestart = .adopt
        spec.notifyDescriptor = 5
        return spec
    }

    /// Begins to listen to its reports.
    func listen(on reactor: ProcessReactor) async throws -> ChildProcess {
        try await listener.start(ProcessSpec(executable: "/bin/cat", arguments: [reports.string]), on: reactor)
    }

    /// Tells it to write lines.
    func order(lines: Int) throws {
        let descriptor = try FileDescriptor.open(orders, .writeOnly, options: .closeOnExec)
        try descriptor.closeAfter { _ = try descriptor.writeAll("\(lines)\n".utf8) }
    }

    /// Waits until it has written, and returns how many lines it has written in all.
    func report() async throws -> Int? {
        Int(try await listener.line())
    }
}
