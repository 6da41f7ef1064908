internal import CProcessControl
internal import Glibc

/// Where the C library looks up the names of hosts, users, groups and services.
public enum NameService {
    /// Restricts look-ups to what the C library contains itself: files, and DNS for hosts.
    ///
    /// A static program would otherwise follow the host's `/etc/nsswitch.conf` and load the host's libraries into itself,
    /// which only works where they are of the very version it was linked with. To be called before anything is looked up,
    /// while the process has one thread.
    ///
    /// - Returns: whether the C library accepted it; if not, the host's configuration stays in force.
    public static func useBuiltInSources() -> Bool {
        [("hosts", "files dns"), ("passwd", "files"), ("group", "files"), ("services", "files")].allSatisfy { table in
            pc_configure_name_service(table.0, table.1) == 0
        }
    }
}
