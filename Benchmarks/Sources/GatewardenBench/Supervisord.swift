/// supervisord (http://supervisord.org), started directly on a configuration of its own.
struct Supervisord: Supervisor {
    let name = "supervisord"
    // It looks once a second, so each sample takes about one.
    let restartSamples = 10

    /// The path of `supervisord`.
    let program: String

    func prepare(_ count: Int, in workspace: Workspace) throws -> [String] {
        let file = "\(workspace.path)/supervisord.conf"
        let head = """
            [supervisord]
            nodaemon=true
            logfile=/dev/null
            logfile_maxbytes=0
            pidfile=\(workspace.path)/supervisord.pid
            childlogdir=\(workspace.path)

            """
        let programs = childNames(count).map { name in
            "[program:\(name)]\ncommand=\(workspace.childProgram) \(name)\nautorestart=true\n"
        }
        try TextFile.write(head + programs.joined(), to: file)
        return [program, "-c", file]
    }
}
