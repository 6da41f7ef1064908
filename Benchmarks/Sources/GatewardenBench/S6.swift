internal import Glibc

/// s6: one small `s6-supervise` per service below one `s6-svscan` (https://skarnet.org/software/s6/).
struct S6: Supervisor {
    let name = "s6"
    let restartSamples = 50

    /// The path of `s6-svscan`.
    let program: String

    func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
        let directory = "\(workspace.path)/services"
        mkdir(directory, 0o700)
        for name in childNames(count) {
            mkdir("\(directory)/\(name)", 0o700)
            guard symlink(workspace.childProgram, "\(directory)/\(name)/run") == 0 else {
                throw BenchmarkError.system("cannot link \(directory)/\(name)/run")
            }
        }
        // 500 services as the limit, so that the default never bites.
        return [program, "-c", "500", directory]
    }
}
