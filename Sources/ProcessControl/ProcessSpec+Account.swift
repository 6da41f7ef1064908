internal import Glibc
internal import SystemPackage

extension ProcessSpec {
    /// The rights that the program is to run with; nil if they are those of this process.
    ///
    /// Reads /etc/passwd and /etc/group, so that a change in them counts from the next start on.
    func resolveAccount() throws(ProcessControlError) -> Account? {
        if user == nil, group == nil {
            return nil
        }
        let database: AccountDatabase
        do throws(Errno) {
            database = try AccountDatabase.read()
        } catch {
            throw refusal("the users of this machine cannot be read", "make /etc/passwd and /etc/group readable", error)
        }
        do throws(AccountProblem) {
            let account = try database.account(user: user, group: group, present: (geteuid(), getegid()))
            return account.isOwn ? nil : account
        } catch {
            switch error {
            case .unknownUser:
                throw refusal("there is no user \((user ?? "").debugDescription)", "create it, or correct its name")
            case .unknownGroup:
                throw refusal("there is no group \((group ?? "").debugDescription)", "create it, or correct its name")
            case .userWithoutGroup:
                throw refusal(
                    "the group of user \(user ?? "") is not known, since /etc/passwd does not list it",
                    "give a group, too"
                )
            }
        }
    }

    private func refusal(_ problem: String, _ remedy: String, _ errno: Errno? = nil) -> ProcessControlError {
        ProcessControlError(
            .unknownAccount,
            "cannot start \(executable): \(problem)",
            remedy: remedy,
            stage: .user,
            errno: errno
        )
    }
}
