internal import Glibc

/// The rights that a child runs with.
package struct Account: Equatable, Sendable {
    package let user: UInt32
    package let group: UInt32
    package let supplementaryGroups: [UInt32]

    /// Whether this process has these rights already, so that nothing needs to be changed nor may have to be.
    ///
    /// An unprivileged process may not set its supplementary groups, not even to what they are.
    var isOwn: Bool { geteuid() != 0 && user == geteuid() && group == getegid() }
}
