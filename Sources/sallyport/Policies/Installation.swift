internal import PolicyEngine

/// What an installation knows of principals and targets, and by which files it decides.
struct Installation {
    let inventory: Inventory
    let files: RuleFiles

    /// What the inventory says of a principal and a target; empty where they are not in it.
    static func known(
        _ inventory: Inventory?,
        _ name: PrincipalName,
        _ target: TargetName
    ) -> KnownSituation {
        var known = KnownSituation()
        if let principal = inventory?.principal(named: name) {
            known.roles = Set(principal.roles)
            known.owner = principal.owner
        }
        if let target = inventory?.target(named: target) {
            known.labels = target.labels
            known.login = target.logins.first
            known.shell = target.shell
            known.bashVersion = target.bashVersion
        }
        return known
    }

    /// The grants that let somebody run a command line.
    func grants(for context: RequestContext) -> CheckedCommand.Grants {
        .some(
            inventory.grants(
                allowing: .exec,
                to: context.principal,
                as: context.login,
                on: context.target
            ).map(\.id)
        )
    }
}
