import Glibc
import ProcessControl
import SystemPackage

/// Certificates that a test makes with openssl.
struct Certificates {
    /// openssl has failed.
    struct Failed: Error {
        let output: String
    }

    static var canBeMade: Bool { access("/usr/bin/openssl", X_OK) == 0 && access("/usr/bin/curl", X_OK) == 0 }

    let directory: TestDirectory

    /// Makes an authority: `NAME.pem` and `NAME.key`.
    func makeAuthority(_ name: String) async throws {
        try await openssl(newKey(name) + ["-x509", "-days", "30", "-out", path("\(name).pem")])
    }

    /// Makes a certificate for this machine: `NAME.pem` and `NAME.key`.
    ///
    /// - Parameters:
    ///   - name: the name of the files.
    ///   - authority: who signs it.
    ///   - names: its alternative names.
    ///   - days: how long it is good; less than zero for one that has expired.
    /// - Throws: ``Failed`` with what openssl says.
    func make(
        _ name: String,
        signedBy authority: String,
        names: String = "DNS:localhost,IP:127.0.0.1",
        days: Int = 30
    ) async throws {
        let request = path("\(name).csr")
        try await openssl(newKey(name) + ["-addext", "subjectAltName=\(names)", "-out", request])
        try await openssl(
            [
                "x509", "-req", "-in", request, "-CA", path("\(authority).pem"), "-CAkey", path("\(authority).key"),
                "-CAcreateserial", "-copy_extensions", "copy", "-days", "\(days)", "-out", path("\(name).pem"),
            ]
        )
    }

    func path(_ name: String) -> String { directory.path.appending(name).string }

    private func newKey(_ name: String) -> [String] {
        [
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-subj", "/CN=\(name)",
            "-keyout", path("\(name).key"),
        ]
    }

    private func openssl(_ arguments: [String]) async throws {
        let result = try await Program.run("/usr/bin/openssl", arguments)
        guard result.status == .exited(code: 0) else { throw Failed(output: result.text(.stderr)) }
    }
}
