import Glibc
import ProcessControl
import SystemPackage

/// The small program beside the tests' own executable that plays a gateway.
enum Fixture {
    /// How to run it in one of its modes.
    static func spec(_ mode: String, _ arguments: String...) throws -> ProcessSpec {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else {
            throw Errno(rawValue: errno)
        }
        let directory = FilePath(platformString: buffer).removingLastComponent()
        return ProcessSpec(
            executable: directory.appending("ProcessFixture"),
            arguments: [mode] + arguments,
            environment: ["PATH": ProcessEnvironment.defaultPath]
        )
    }
}
