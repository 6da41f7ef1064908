import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix

/// The Unix socket through which a gateway is controlled, as a file.
///
/// All calls are short system calls on the run directory and may be made from any task.
struct ControlSocket: Sendable {
    /// Bytes that a path may have.
    ///
    /// Linux takes 107 (unix(7): `sun_path` less its NUL), but NIO, on both ends, holds all systems to macOS's 103.
    static let pathLimit = 103

    /// Path of the socket.
    let path: String

    /// Names the socket of a run directory.
    init(runDirectory: String) {
        path = runDirectory.hasSuffix("/") ? "\(runDirectory)control.sock" : "\(runDirectory)/control.sock"
    }

    /// Where the socket is bound before it is complete: as long as the path, so that the same limit holds.
    var temporaryPath: String { "\(path.dropLast())~" }

    /// Refuses a path that the kernel cannot take or that something else than a stale socket occupies.
    func checkIsFree(eventLoopGroup: any EventLoopGroup) async throws(OperatorError) {
        guard path.utf8.count <= Self.pathLimit else {
            throw refusal(
                "the path has \(path.utf8.count) bytes, a Unix socket's may have \(Self.pathLimit); "
                    + "give a shorter one with --run-dir"
            )
        }
        guard let attributes else { return }
        guard attributes[.type] as? FileAttributeType == .typeSocket else {
            throw refusal("there is a file that is not a socket; remove it or give another place with --run-dir")
        }
        if await isAnswered(eventLoopGroup: eventLoopGroup) {
            throw refusal("another gateway listens there; stop it or give another place with --run-dir")
        }
    }

    /// Lets owner and group in, and moves the bound socket to its path in one step, over a stale one if there is one.
    func publish() throws(OperatorError) {
        guard chmod(temporaryPath, 0o660) == 0, rename(temporaryPath, path) == 0 else {
            let error = IOError(errnoCode: errno, reason: "publish control socket")
            unlink(temporaryPath)
            throw .cannotListen(on: path, error, option: "--run-dir")
        }
    }

    /// Removes the socket's file, if it is there.
    func remove() {
        unlink(path)
    }

    /// Whom the socket lets in, in words: `belongs to user gatewarden and group operators`.
    var owners: String {
        guard let user = attributes?[.ownerAccountName] as? String,
            let group = attributes?[.groupOwnerAccountName] as? String
        else { return "only the gateway's user and group can reach" }
        return "belongs to user \(user) and group \(group)"
    }

    /// What the file system says about the path; `nil` when nothing is there or the directory is closed to this user.
    private var attributes: [FileAttributeKey: Any]? {
        // Why there is no answer shows when the path is bound or connected to.
        try? FileManager.default.attributesOfItem(atPath: path)
    }

    private func isAnswered(eventLoopGroup: any EventLoopGroup) async -> Bool {
        do {
            let channel = try await ClientBootstrap(group: eventLoopGroup)
                .connectTimeout(.seconds(1))
                .connect(unixDomainSocketPath: path)
                .get()
            // The connection has told what it was made for.
            try? await channel.close()
            return true
        } catch let error as IOError where error.errnoCode == ECONNREFUSED || error.errnoCode == ENOENT {
            return false
        } catch {
            // Anything else (a full backlog, no permission) means that the socket is somebody's.
            return true
        }
    }

    private func refusal(_ reason: String) -> OperatorError {
        OperatorError(code: .cannotListen, message: "cannot listen on \(path): \(reason)")
    }
}
