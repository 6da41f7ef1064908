import ProcessControl

extension ListeningSocket {
    /// Who a process is, as far as that is known.
    static func inWords(_ pid: Int32?, _ name: String?) -> String {
        switch (pid, name) {
        case (let pid?, let name?): "process \(pid) (\(name))"
        case (let pid?, nil): "process \(pid)"
        case (nil, _): "another process"
        }
    }
}
