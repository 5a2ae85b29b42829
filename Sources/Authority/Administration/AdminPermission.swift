import AuditTrail
import PolicyEngine

/// Whether a role may ask something, and of what it sees.
///
/// A viewer sees its own: what it did itself, and what its agents did on its behalf.
enum AdminPermission {
    enum Outcome: Hashable {
        case granted(AdminRequest)
        case refused(String)
    }

    static func check(_ request: AdminRequest, by administrator: Administrator) -> Outcome {
        let needed = neededRole(request)
        guard administrator.role >= needed else {
            return .refused(
                "`\(administrator.principal)` is \(administrator.role.rawValue); "
                    + "this needs \(needed.rawValue)"
            )
        }
        guard administrator.role == .viewer else { return .granted(request) }
        return ownOnly(request, administrator.principal.description)
    }

    private static func neededRole(_ request: AdminRequest) -> Administrator.Role {
        switch request {
        // Neither numbers nor how the bastion is tell of anybody.
        case .sessions, .connections, .audit, .play, .health, .metrics: .viewer
        case .locks, .status: .auditor
        case .terminate, .lock, .unlock, .examine: .operator
        case .reload: .administrator
        }
    }

    private static func ownOnly(_ request: AdminRequest, _ own: String) -> Outcome {
        switch request {
        case .sessions(var filter):
            guard narrow(&filter.principal, filter.onBehalfOf, to: own) else { break }
            return .granted(.sessions(filter))
        case .connections(var filter):
            guard narrow(&filter.principal, filter.onBehalfOf, to: own) else { break }
            return .granted(.connections(filter))
        case .audit(var filter):
            guard narrow(&filter.principal, filter.onBehalfOf, to: own) else { break }
            return .granted(.audit(filter))
        // Whose session it is shows when it is found.
        case .play, .health, .metrics: return .granted(request)
        case .locks, .terminate, .lock, .unlock, .reload, .status, .examine: break
        }
        return .refused("a viewer sees only what is `\(own)`'s own")
    }

    /// False where somebody else's is asked for.
    private static func narrow(
        _ principal: inout String?,
        _ onBehalfOf: String?,
        to own: String
    ) -> Bool {
        if onBehalfOf == own { return true }
        guard onBehalfOf == nil, principal == nil || principal == own else { return false }
        principal = own
        return true
    }

    static func mayReplay(_ session: SessionEntry, _ administrator: Administrator) -> Bool {
        let own = administrator.principal.description
        return administrator.role >= .auditor || session.principal == own
            || session.onBehalfOf == own
    }
}
