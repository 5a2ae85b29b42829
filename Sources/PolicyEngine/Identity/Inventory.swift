import SSHWire

/// Everybody and everything that the bastion knows, read once and never changed.
package struct Inventory: Sendable {
    package let principals: [Principal]
    package let certificateAuthorities: [CertificateAuthority]
    package let revocations: Revocations
    /// Sorted by name.
    package let targets: [Target]
    /// In the order of the files.
    package let grants: [Grant]

    private let principalNumbers: [PrincipalName: Int]
    private let keyOwners: [[UInt8]: Int]
    private let authorityNumbers: [[UInt8]: Int]
    private let targetNumbers: [TargetName: Int]
    /// For each principal the numbers of the grants that speak of it; none where it is disabled.
    private let grantsOfPrincipal: [[Int]]

    /// INVARIANT: names and keys are unique; the linker has refused everything else.
    init(
        principals: [Principal],
        certificateAuthorities: [CertificateAuthority],
        revocations: Revocations,
        targets: [Target],
        grants: [Grant]
    ) {
        self.principals = principals
        self.certificateAuthorities = certificateAuthorities
        self.revocations = revocations
        self.targets = targets
        self.grants = grants
        principalNumbers = Self.numbers(principals.map(\.name))
        targetNumbers = Self.numbers(targets.map(\.name))
        authorityNumbers = Self.numbers(certificateAuthorities.map(\.key.blob))
        var owners: [[UInt8]: Int] = [:]
        for (number, principal) in principals.enumerated() {
            for key in principal.keys { owners[key.blob] = number }
        }
        keyOwners = owners
        grantsOfPrincipal = principals.map { principal in
            guard !principal.isDisabled else { return [] }
            return grants.indices.filter { grants[$0].applies(to: principal) }
        }
    }

    private static func numbers<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
        Dictionary(zip(keys, keys.indices)) { first, _ in first }
    }

    // MARK: Lookups

    package func principal(named name: PrincipalName) -> Principal? {
        principalNumbers[name].map { principals[$0] }
    }

    /// Whose key this is.
    ///
    /// That one may be disabled: ask `isDisabled` before letting anybody in.
    package func principal(forKey blob: [UInt8]) -> Principal? {
        keyOwners[blob].map { principals[$0] }
    }

    package func certificateAuthority(forKey blob: [UInt8]) -> CertificateAuthority? {
        authorityNumbers[blob].map { certificateAuthorities[$0] }
    }

    package func target(named name: TargetName) -> Target? {
        targetNumbers[name].map { targets[$0] }
    }

    // MARK: Grants

    /// The logins that some grant allows on a target, sorted, for at least one kind of request.
    ///
    /// For a target that is not there the grants are looked through all the same.
    package func grantedLogins(_ principal: PrincipalName, on target: TargetName) -> [Login] {
        let number = targetNumbers[target]
        let matching = matchingGrants(principal, number ?? TargetSet.nobody(of: targets.count))
        guard let number else { return [] }
        let granted = matching.reduce(into: Set<Login>()) { $0.formUnion($1.logins) }
        return targets[number].logins.filter(granted.contains).sorted()
    }

    /// Whether some grant allows a login on a target, for at least one kind of request.
    ///
    /// Every grant of the principal is looked at in one way, whether it matches and whether there is
    /// such a target.
    package func isGranted(
        _ login: Login,
        to principal: PrincipalName,
        on target: TargetName
    ) -> Bool {
        guard let principal = principalNumbers[principal] else { return false }
        let number = targetNumbers[target] ?? TargetSet.nobody(of: targets.count)
        var isGranted = false
        for index in grantsOfPrincipal[principal] {
            let allows = grants[index].logins.contains(login)
            let selects = grants[index].targets.contains(number)
            isGranted = isGranted || (allows && selects)
        }
        return isGranted
    }

    /// All grants that allow a request; empty where it is not allowed.
    package func grants(
        allowing request: RequestKind,
        to principal: PrincipalName,
        as login: Login,
        on target: TargetName
    ) -> [Grant] {
        guard let number = targetNumbers[target], targets[number].logins.contains(login) else {
            return []
        }
        return matchingGrants(principal, number).filter {
            $0.logins.contains(login) && $0.requests.contains(request)
        }
    }

    private func matchingGrants(_ principal: PrincipalName, _ target: Int) -> [Grant] {
        guard let number = principalNumbers[principal] else { return [] }
        var matching: [Grant] = []
        for index in grantsOfPrincipal[number] where grants[index].targets.contains(target) {
            matching.append(grants[index])
        }
        return matching
    }
}
