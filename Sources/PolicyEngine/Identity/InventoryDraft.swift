import SSHWire
import StrictYAML

/// What the inventory files say, before it is known whether it fits together.
struct InventoryDraft {
    struct PrincipalEntry {
        let name: Located<PrincipalName>
        let owner: Located<PrincipalName>?
        let isDisabled: Bool
        let keys: [Located<PublicKeyLine>]
        let roles: [Located<Role>]
    }

    struct AuthorityEntry {
        let name: Located<String>
        let key: Located<PublicKeyLine>
        let principals: [String: Located<PrincipalName>]
    }

    enum Selection {
        case names([Located<TargetName>])
        case labels([String: String])
    }

    struct GrantEntry {
        let name: Located<String>?
        let location: SourceLocation
        let roles: [Located<Role>]
        let principals: [Located<PrincipalName>]
        let selection: Selection
        let logins: [Located<Login>]
        let requests: Set<RequestKind>
    }

    var declaredRoles: [Located<Role>] = []
    /// Whether any file has the key `roles`: then roles are not made by being used.
    var hasDeclaredRoles = false
    var principals: [PrincipalEntry] = []
    var authorities: [AuthorityEntry] = []
    var revokedKeys: [Located<[UInt8]>] = []
    var revokedFingerprints: [Located<[UInt8]>] = []
    var revokedSerials: [(authority: Located<String>, ranges: [ClosedRange<UInt64>])] = []
    var targets: [Located<Target>] = []
    var grants: [GrantEntry] = []
}
