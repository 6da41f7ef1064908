import ProcessControl
import SystemPackage

/// Keeps the JSON lines of one gateway for the check against the schema of a log line, which comes after all tests.
///
/// Lines in another form, and what the gateway says at its end, are not kept: the tests look at those.
final class CollectedLog: Sendable {
    private let descriptor: FileDescriptor

    /// Begins a file in the folder that `GATEWARDEN_TEST_LOGS` names; nil where none is named.
    convenience init?() {
        guard let folder = Binaries.environment("GATEWARDEN_TEST_LOGS") else { return nil }
        self.init(folder: FilePath(folder))
    }

    /// Begins a file in an existing folder; nil where that is not possible, which the check sees as missing lines.
    init?(folder: FilePath) {
        let name = "gateway-\(UInt64.random(in: .min ... .max)).log"
        guard
            let descriptor = try? FileDescriptor.open(
                folder.appending(name),
                .writeOnly,
                options: [.create, .exclusiveCreate, .append, .closeOnExec],
                permissions: .ownerReadWrite
            )
        else { return nil }
        self.descriptor = descriptor
    }

    deinit {
        // Nothing is lost: each line was written before.
        try? descriptor.close()
    }

    func append(_ line: OutputLine) {
        guard line.stream == .stderr, line.text.first == "{" else { return }
        do {
            try descriptor.writeAll(Array("\(line.text)\n".utf8))
        } catch {
            preconditionFailure("a log line cannot be kept for its check: \(error)")
        }
    }
}
