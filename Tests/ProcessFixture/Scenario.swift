import Glibc
import ProcessControl
import SystemPackage

/// What the scenarios share.
enum Scenario {
    /// A shell script as a child.
    static func shell(_ script: String) -> ProcessSpec {
        ProcessSpec(
            executable: "/bin/sh",
            arguments: ["-c", script],
            environment: ProcessEnvironment(declared: [:]).variables
        )
    }

    /// A child that does nothing for a long time.
    static let sleeper = ProcessSpec(executable: "/bin/sleep", arguments: ["1000"])

    /// Prints a line at once, for a reader that may kill this process next.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// The number of open descriptors of this process.
    static func openDescriptors() throws -> Int {
        try ProcessStatistics.readOwn().openDescriptors ?? -1
    }

    /// The median in microseconds.
    static func median(_ durations: [Duration]) -> Int {
        durations.isEmpty ? 0 : Int(durations.sorted()[durations.count / 2] / .microseconds(1))
    }
}
