internal import SystemPackage

/// The users and groups of /etc/passwd and /etc/group (passwd(5), group(5)).
///
/// The files are read here and not through the C library, whose static form would load the host's modules for it. Users that
/// only a directory service knows are named by their numbers.
package struct AccountDatabase: Sendable {
    /// A line of the passwd file.
    package struct User: Equatable, Sendable {
        package let name: String
        let identifier: UInt32
        let group: UInt32
    }

    /// A line of the group file.
    package struct Group: Equatable, Sendable {
        package let name: String
        let identifier: UInt32
        let members: [String]
    }

    /// The most that is read of each file; a line behind it is not found.
    private static let sizeLimit = 4 * 1024 * 1024

    package let users: [User]
    package let groups: [Group]

    /// Understands both files; lines that are not as they should be are passed over, as the C library does.
    package init(passwd: [UInt8], group: [UInt8]) {
        users = Self.lines(of: passwd).compactMap { fields in
            guard fields.count >= 4, let identifier = UInt32(fields[2]), let group = UInt32(fields[3]) else {
                return nil
            }
            return User(name: fields[0], identifier: identifier, group: group)
        }
        groups = Self.lines(of: group).compactMap { fields in
            guard fields.count >= 4, let identifier = UInt32(fields[2]) else {
                return nil
            }
            return Group(
                name: fields[0],
                identifier: identifier,
                members: fields[3].split(separator: ",").map(String.init)
            )
        }
    }

    /// Reads the files of this machine; a missing file is an empty one.
    static func read() throws(Errno) -> AccountDatabase {
        AccountDatabase(passwd: try content(of: "/etc/passwd"), group: try content(of: "/etc/group"))
    }

    /// The rights of a user and a group, each by name or number; nil stands for the present one.
    ///
    /// A user brings the groups that list it as a member, as initgroups(3) does. A user that is only a number and is in no
    /// file needs a group.
    package func account(
        user: String?,
        group: String?,
        present: (user: UInt32, group: UInt32)
    ) throws(AccountProblem) -> Account {
        let known = user.flatMap(find(user:))
        guard let userIdentifier = user == nil ? present.user : known?.identifier ?? user.flatMap({ UInt32($0) }) else {
            throw .unknownUser
        }
        let groupIdentifier: UInt32
        if let group {
            guard let found = groups.first(where: { $0.name == group })?.identifier ?? UInt32(group) else {
                throw .unknownGroup
            }
            groupIdentifier = found
        } else if user != nil {
            guard let known else {
                throw .userWithoutGroup
            }
            groupIdentifier = known.group
        } else {
            groupIdentifier = present.group
        }
        // The number of all ones means "do not change" to the kernel.
        if userIdentifier == .max || groupIdentifier == .max {
            throw userIdentifier == .max ? .unknownUser : .unknownGroup
        }
        return Account(
            user: userIdentifier,
            group: groupIdentifier,
            supplementaryGroups: supplementaryGroups(of: known, besides: groupIdentifier)
        )
    }

    private func supplementaryGroups(of user: User?, besides group: UInt32) -> [UInt32] {
        guard let user else {
            return [group]
        }
        let memberships = groups.filter { $0.members.contains(user.name) }.map(\.identifier)
        return Set(memberships).union([group]).sorted()
    }

    /// A name wins over a number, as it does for chown(1).
    private func find(user: String) -> User? {
        users.first { $0.name == user } ?? UInt32(user).flatMap { number in users.first { $0.identifier == number } }
    }

    private static func content(of file: FilePath) throws(Errno) -> [UInt8] {
        do {
            return try SmallFile.read(file, limit: sizeLimit)
        } catch {
            if error == .noSuchFileOrDirectory {
                return []
            }
            throw error
        }
    }

    private static func lines(of content: [UInt8]) -> [[String]] {
        content.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}

/// Why a user or a group of a specification stands for no rights.
package enum AccountProblem: Error, Equatable {
    /// No user has that name.
    case unknownUser
    /// No group has that name.
    case unknownGroup
    /// The user is a number that no file lists, so its group is unknown.
    case userWithoutGroup
}
