import Glibc
package import SessionProtocol

/// No account can be given to the processes of an authority that is root.
package enum ProcessAccountError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(name: String)
    /// It, or its group, is root's.
    case privileged(name: String)

    package var description: String {
        "`process-account`: \(reason): \(remedy)"
    }

    var reason: String {
        switch self {
        case .missing(let name): "there is no account `\(name)`"
        case .privileged(let name): "`\(name)` is root, or of root's group"
        }
    }

    var remedy: String {
        switch self {
        case .missing(let name):
            "run `useradd --system --user-group --no-create-home --home-dir /nonexistent "
                + "--shell /usr/sbin/nologin \(name)`, or name another account"
        case .privileged: "name an account that may nothing"
        }
    }
}

extension ProcessAccount {
    /// Where the settings name none.
    package static let defaultName = "sallyport-process"

    /// The account that processes get where the authority is root; it is looked up, which blocks.
    ///
    /// Nil where the authority is not root: they are its own account's.
    package static func chosen(
        by settings: Settings,
        isRoot: Bool = geteuid() == 0
    ) throws(ProcessAccountError) -> ProcessAccount? {
        guard isRoot else { return nil }
        let name = settings.processAccount.description
        guard let (user, group) = numbers(of: settings.processAccount) else {
            throw .missing(name: name)
        }
        guard let account = ProcessAccount(user: user, group: group) else {
            throw .privileged(name: name)
        }
        return account
    }

    private static func numbers(of account: Administrator.Account) -> (UInt32, UInt32)? {
        var buffer = [CChar](repeating: 0, count: Settings.entryBytes)
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        switch account {
        case .uid(let user):
            let result = unsafe getpwuid_r(user, &entry, &buffer, buffer.count, &found)
            guard result == 0, unsafe found != nil else {
                // A number that nobody has is nobody's: its group is that of the same number.
                return (user, user)
            }
        case .userName(let name):
            let result = unsafe getpwnam_r(name, &entry, &buffer, buffer.count, &found)
            guard result == 0, unsafe found != nil else { return nil }
        }
        return unsafe (entry.pw_uid, entry.pw_gid)
    }
}
