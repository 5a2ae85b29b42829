package import SSHWire

/// A principal as the inventory knows it.
package struct Principal: Hashable, Sendable {
    /// Why a principal may do nothing.
    package enum DisabledReason: Hashable, Sendable, CustomStringConvertible {
        case bySetting
        case ownerDisabled(PrincipalName)
        case ownerMissing(PrincipalName)

        package var description: String {
            switch self {
            case .bySetting: "is disabled"
            case .ownerDisabled(let owner): "its owner `\(owner)` is disabled"
            case .ownerMissing(let owner): "its owner `\(owner)` is not in the inventory"
            }
        }
    }

    package let name: PrincipalName
    /// On whose behalf an agent acts; every agent has one, nobody else does.
    package let owner: PrincipalName?
    package let keys: [PublicKeyLine]
    /// Sorted, each once.
    package let roles: [Role]
    /// Nil while it may act.
    package let disabledReason: DisabledReason?

    package var isDisabled: Bool { disabledReason != nil }
}
