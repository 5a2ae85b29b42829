/// A kind of request that a grant may allow.
package enum RequestKind: String, Hashable, Sendable, CaseIterable {
    /// A command line, with or without a terminal.
    case exec
    /// A shell without a terminal: a script on standard input.
    case shell
    /// A shell with a terminal.
    case terminal
    case sftp
}

/// Who may do what where.
package struct Grant: Hashable, Sendable {
    package let id: RuleID
    package let roles: Set<Role>
    package let principals: Set<PrincipalName>
    package let logins: Set<Login>
    package let requests: Set<RequestKind>
    /// The targets that it selects, by their number in the inventory.
    let targets: TargetSet

    /// Whether it speaks of a principal.
    func applies(to principal: Principal) -> Bool {
        principals.contains(principal.name) || principal.roles.contains { roles.contains($0) }
    }
}

/// A set of targets, one bit for each.
///
/// A lookup asks some hundred grants whether they select a target, and must not hash it each time.
struct TargetSet: Hashable, Sendable {
    private var words: [UInt64]

    init(_ members: [Int], of count: Int) {
        // One bit more than there are targets: that of `nobody`.
        words = [UInt64](repeating: 0, count: Self.nobody(of: count) / 64 + 1)
        for member in members { words[member / 64] |= 1 << UInt64(member % 64) }
    }

    /// A number that is in no set of so many targets.
    static func nobody(of count: Int) -> Int { count }

    func contains(_ number: Int) -> Bool {
        words[number / 64] & (1 << UInt64(number % 64)) != 0
    }
}
