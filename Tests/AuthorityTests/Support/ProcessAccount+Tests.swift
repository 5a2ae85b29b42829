import Glibc
import SessionProtocol

extension ProcessAccount {
    /// For real processes of tests: as root they need an account, and 65534 is `nobody`.
    static let ofTests = geteuid() == 0 ? ProcessAccount(user: 65_534, group: 65_534) : nil
}
