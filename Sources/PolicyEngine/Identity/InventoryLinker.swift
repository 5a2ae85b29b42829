import SSHWire
import StrictYAML

/// Makes an inventory of a draft: every name is unique, every reference leads somewhere.
struct InventoryLinker {
    let draft: InventoryDraft
    let findings: Findings

    mutating func link() -> Inventory? {
        let principals = linkPrincipals()
        let authorities = linkAuthorities()
        let targets = linkTargets()
        let grants = GrantLinker(draft: draft, targets: targets, findings: findings).link()
        checkRoles()
        checkKeys()
        checkRevocations()
        guard !findings.hasErrors else { return nil }
        return Inventory(
            principals: principals,
            certificateAuthorities: authorities,
            revocations: Revocations(
                blobs: Set(draft.revokedKeys.map(\.value)),
                fingerprints: Set(draft.revokedFingerprints.map(\.value))
            ),
            targets: targets,
            grants: grants
        )
    }

    /// Reports names that stand twice, with both places.
    private func checkUnique<Name: Hashable>(_ what: String, _ names: [Located<Name>]) {
        var first: [Name: SourceLocation] = [:]
        for name in names {
            if let earlier = first[name.value] {
                let text = String(describing: name.value).quoted
                findings.error("duplicate \(what) \(text), first at \(earlier)", at: name.location)
            } else {
                first[name.value] = name.location
            }
        }
    }

    private func linkPrincipals() -> [Principal] {
        checkUnique("principal", draft.principals.map(\.name))
        let entries = Dictionary(draft.principals.map { ($0.name.value, $0) }) { first, _ in first }
        return draft.principals.map { entry in
            var reason: Principal.DisabledReason? = entry.isDisabled ? .bySetting : nil
            if let owner = entry.owner {
                if let found = entries[owner.value] {
                    if found.isDisabled, reason == nil { reason = .ownerDisabled(owner.value) }
                } else {
                    reason = reason ?? .ownerMissing(owner.value)
                    findings.warning(
                        "`owner`: `\(owner.value)` is not in the inventory, so "
                            + "`\(entry.name.value)` is disabled",
                        at: owner.location
                    )
                }
            }
            return Principal(
                name: entry.name.value,
                owner: entry.owner?.value,
                keys: entry.keys.map(\.value),
                roles: entry.roles.map(\.value).sorted(),
                disabledReason: reason
            )
        }
    }

    private func linkAuthorities() -> [CertificateAuthority] {
        checkUnique("certificate authority", draft.authorities.map(\.name))
        let known = Set(draft.principals.map(\.name.value))
        var serials: [String: [ClosedRange<UInt64>]] = [:]
        let names = Set(draft.authorities.map(\.name.value))
        for (authority, ranges) in draft.revokedSerials {
            if !names.contains(authority.value) {
                findings.error(
                    "`serials`: unknown certificate authority `\(authority.value)`",
                    at: authority.location
                )
            }
            serials[authority.value, default: []] += ranges
        }
        for entry in draft.authorities {
            for principal in entry.principals.values where !known.contains(principal.value) {
                findings.error(
                    "unknown principal `\(principal.value)`",
                    at: principal.location
                )
            }
        }
        return draft.authorities.map { entry in
            CertificateAuthority(
                name: entry.name.value,
                key: entry.key.value,
                principals: entry.principals.mapValues(\.value),
                revokedSerials: serials[entry.name.value] ?? []
            )
        }
    }

    private func linkTargets() -> [Target] {
        checkUnique("target", draft.targets.map { Located($0.value.name, at: $0.location) })
        var owners: [[UInt8]: Target] = [:]
        for target in draft.targets {
            let name = target.value.name
            // One that was refused has its own finding, and is not missing.
            if target.value.hostKeys.isEmpty, !findings.hasErrors {
                findings.warning(
                    "target `\(name)` has no pinned host key, nobody is connected to it: run "
                        + "`sallyport target scan \(name)` or `sallyport target enroll \(name)`",
                    at: target.location
                )
            }
            for key in target.value.hostKeys {
                if let other = owners[key.line.blob], other.address != target.value.address {
                    findings.warning(
                        "target `\(name)` has the host key of `\(other.name)`: either one can pass "
                            + "for the other",
                        at: target.location
                    )
                }
                owners[key.line.blob] = target.value
            }
        }
        return draft.targets.map(\.value).sorted { $0.name < $1.name }
    }

    private func checkRoles() {
        guard draft.hasDeclaredRoles else { return }
        checkUnique("role", draft.declaredRoles)
        let declared = Set(draft.declaredRoles.map(\.value))
        for role in draft.principals.flatMap(\.roles) where !declared.contains(role.value) {
            findings.error("unknown role `\(role.value)`", at: role.location)
        }
    }

    /// A key stands for one principal or one authority, so a signature has one meaning.
    private func checkKeys() {
        var owners: [[UInt8]: (name: String, location: SourceLocation)] = [:]
        func claim(_ key: Located<PublicKeyLine>, _ name: String) {
            if let owner = owners[key.value.blob] {
                findings.error(
                    "the key of `\(name)` belongs to `\(owner.name)` already, at \(owner.location)",
                    at: key.location
                )
            } else {
                owners[key.value.blob] = (name, key.location)
            }
        }
        for principal in draft.principals {
            for key in principal.keys { claim(key, principal.name.value.description) }
        }
        for authority in draft.authorities { claim(authority.key, authority.name.value) }
        for target in draft.targets {
            for key in target.value.hostKeys {
                guard let owner = owners[key.line.blob] else { continue }
                findings.error(
                    "the host key of `\(target.value.name)` is the key of `\(owner.name)`, at "
                        + "\(owner.location)",
                    at: target.location
                )
            }
        }
    }

    private func checkRevocations() {
        let revoked = Set(draft.revokedKeys.map(\.value))
        let keys = draft.principals.flatMap(\.keys) + draft.authorities.map(\.key)
        for key in keys where revoked.contains(key.value.blob) {
            findings.warning("this key is revoked and counts for nothing", at: key.location)
        }
        for target in draft.targets {
            for key in target.value.hostKeys where revoked.contains(key.line.blob) {
                findings.warning(
                    "a host key of `\(target.value.name)` is revoked and counts for nothing",
                    at: target.location
                )
            }
        }
    }
}
