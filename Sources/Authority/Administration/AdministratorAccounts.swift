import Glibc

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

    private static func userID(of name: String) -> UInt32? {
        var buffer = [CChar](repeating: 0, count: entryBytes)
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        let result = unsafe getpwnam_r(name, &entry, &buffer, buffer.count, &found)
        guard result == 0, unsafe found != nil else { return nil }
        return unsafe entry.pw_uid
    }
}
