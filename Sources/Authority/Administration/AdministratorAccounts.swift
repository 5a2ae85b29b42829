import Glibc
import StrictYAML

extension Settings {
    /// Who administers, by Unix user; names are looked up, which blocks.
    ///
    /// The first entry for a user counts. A name that no account has lets nobody in.
    func administratorsByUser() -> [UInt32: Administrator] {
        var accounts: [UInt32: Administrator] = [:]
        for administrator in administrators {
            let user: UInt32? =
                switch administrator.account {
                case .uid(let user): user
                case .userName(let name): Self.userID(of: name)
                }
            guard let user, accounts[user] == nil else { continue }
            accounts[user] = administrator
        }
        return accounts
    }

    /// LIMIT: one entry of the account database; longer ones are no accounts of ours.
    static let entryBytes = 16 * 1024

    /// A warning for each of these users who cannot get to a socket in the state directory.
    func shutOut(_ users: some Sequence<UInt32>, _ settingsPath: String) -> [Finding] {
        guard case .closed = adminSocket else { return [] }
        var status = stat()
        // Not made yet: it will be ours.
        let owner = unsafe stat(stateDirectory, &status) == 0 ? status.st_uid : geteuid()
        return users.filter { $0 != 0 && $0 != owner }.sorted().map { user in
            Finding(
                .warning,
                "uid \(user) is among the `administrators` and cannot get to the socket in the "
                    + "state directory: set `admin-socket`",
                at: SourceLocation(file: settingsPath)
            )
        }
    }

    private static func userID(of name: String) -> UInt32? {
        var buffer = [CChar](repeating: 0, count: entryBytes)
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        let result = unsafe getpwnam_r(name, &entry, &buffer, buffer.count, &found)
        guard result == 0, unsafe found != nil else { return nil }
        return unsafe entry.pw_uid
    }
}
