import PolicyEngine

/// How many connections and sessions each principal has at once.
struct PrincipalUse: Sendable {
    private struct Use: Sendable {
        var connections = 0
        var sessions = 0
    }

    // INVARIANT: only of principals that have something, so at most as many as there are connections
    // and sessions.
    private var uses: [PrincipalName: Use] = [:]

    var principals: Int { uses.count }

    /// Counts one more connection; false where there are as many as may be, which counts nothing.
    mutating func connected(_ principal: PrincipalName, atMost limit: Int) -> Bool {
        take(\.connections, of: principal, atMost: limit)
    }

    mutating func disconnected(_ principal: PrincipalName) {
        giveBack(\.connections, of: principal)
    }

    /// The same for a session.
    mutating func opened(_ principal: PrincipalName, atMost limit: Int) -> Bool {
        take(\.sessions, of: principal, atMost: limit)
    }

    mutating func closed(_ principal: PrincipalName) { giveBack(\.sessions, of: principal) }

    private mutating func take(
        _ count: WritableKeyPath<Use, Int>,
        of principal: PrincipalName,
        atMost limit: Int
    ) -> Bool {
        var use = uses[principal] ?? Use()
        guard use[keyPath: count] < limit else { return false }
        use[keyPath: count] += 1
        uses[principal] = use
        return true
    }

    private mutating func giveBack(
        _ count: WritableKeyPath<Use, Int>,
        of principal: PrincipalName
    ) {
        guard var use = uses[principal], use[keyPath: count] > 0 else {
            preconditionFailure("only what was counted is given back")
        }
        use[keyPath: count] -= 1
        uses[principal] = use.connections == 0 && use.sessions == 0 ? nil : use
    }
}
