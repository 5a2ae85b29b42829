/// Whose the processes are that an authority starts which is root: a Unix user and its group.
///
/// The program itself takes the account, before it does anything else: to be executed it need not be
/// readable for that account.
package struct ProcessAccount: Hashable, Sendable {
    package let user: UInt32
    package let group: UInt32

    /// Nil for root, and for the number that stands for "unchanged" in setresuid(2).
    package init?(user: UInt32, group: UInt32) {
        guard ![0, .max].contains(user), ![0, .max].contains(group) else { return nil }
        self.user = user
        self.group = group
    }

    // MARK: In the environment of the process

    package static let variableName = "SALLYPORT_PROCESS_ACCOUNT"

    package var variable: String { "\(Self.variableName)=\(user):\(group)" }

    /// Reads the value of the variable.
    package init?(_ value: String) {
        let parts = value.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let user = UInt32(parts[0]), let group = UInt32(parts[1]) else {
            return nil
        }
        self.init(user: user, group: group)
    }
}
