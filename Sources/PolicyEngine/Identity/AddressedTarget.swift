/// What an SSH user name asks for: `login@target`, `login+target`, `login%target` or `target`.
///
/// The last separator counts, and no target's name holds one, so a user name has one meaning.
package struct AddressedTarget: Hashable, Sendable {
    /// LIMIT: `FieldLimits.userName` of the session protocol; both places must agree.
    package static let maximumBytes = 320

    /// Nil where the target stands alone.
    package let login: Login?
    package let target: TargetName

    /// Nil where the user name is no such address.
    package init?(userName: String) {
        let bytes = userName.utf8
        guard bytes.count <= Self.maximumBytes else { return nil }
        guard let separator = bytes.lastIndex(where: AddressSeparator.bytes.contains) else {
            guard let target = TargetName(userName) else { return nil }
            self.target = target
            login = nil
            return
        }
        let after = bytes.index(after: separator)
        guard let login = Login(String(userName[..<separator])),
            let target = TargetName(String(userName[after...]))
        else { return nil }
        self.login = login
        self.target = target
    }
}

/// A target and a login that a principal is granted there.
package struct ResolvedAddress: Hashable, Sendable {
    package let login: Login
    package let target: Target
}

/// Why an SSH user name leads nowhere: for the audit trail, never for the client.
package enum AddressRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed
    case unknownPrincipal(PrincipalName)
    case principalDisabled(PrincipalName, Principal.DisabledReason)
    case unknownTarget(TargetName)
    case loginNotOffered(Login, TargetName)
    case loginNotGranted(Login, TargetName)
    case noLoginGranted(TargetName)
    case severalLoginsGranted([Login], TargetName)
    case hostKeyNotPinned(TargetName)

    package var description: String {
        switch self {
        case .malformed: "the user name is not `login@target`, `login+target` or `target`"
        case .unknownPrincipal(let name): "`\(name)` is not in the inventory"
        case .principalDisabled(let name, let reason): "`\(name)` may do nothing: \(reason)"
        case .unknownTarget(let target): "unknown target `\(target)`"
        case .loginNotOffered(let login, let target):
            "the target `\(target)` does not offer the login `\(login)`"
        case .loginNotGranted(let login, let target):
            "no grant allows the login `\(login)` on `\(target)`"
        case .noLoginGranted(let target): "no grant allows any login on `\(target)`"
        case .severalLoginsGranted(let logins, let target):
            "the user name names no login and several are granted on `\(target)`: "
                + logins.map(\.name).joined(separator: ", ")
        case .hostKeyNotPinned(let target):
            "the target `\(target)` has no pinned host key: run `sallyport target scan \(target)` "
                + "or `sallyport target enroll \(target)`"
        }
    }
}

extension Inventory {
    /// Where a principal's SSH user name leads.
    package func resolve(
        userName: String,
        for principal: PrincipalName
    ) -> Result<ResolvedAddress, AddressRefusal> {
        guard let address = AddressedTarget(userName: userName) else {
            return .failure(.malformed)
        }
        return resolve(address, for: principal)
    }

    /// Where an address leads for a principal.
    package func resolve(
        _ address: AddressedTarget,
        for name: PrincipalName
    ) -> Result<ResolvedAddress, AddressRefusal> {
        guard let principal = principal(named: name) else {
            return .failure(.unknownPrincipal(name))
        }
        if let reason = principal.disabledReason {
            return .failure(.principalDisabled(name, reason))
        }
        switch address.login {
        case .some(let login): return resolve(login, on: address.target, for: name)
        case .none: return resolveLogin(on: address.target, for: name)
        }
    }

    // In both the grants are looked through before it is known whether there is such a target: who
    // times the refusal of an unknown one finds the same work as for a forbidden one.

    private func resolve(
        _ login: Login,
        on targetName: TargetName,
        for name: PrincipalName
    ) -> Result<ResolvedAddress, AddressRefusal> {
        let isGranted = isGranted(login, to: name, on: targetName)
        guard let target = target(named: targetName) else {
            return .failure(.unknownTarget(targetName))
        }
        guard target.logins.contains(login) else {
            return .failure(.loginNotOffered(login, targetName))
        }
        guard isGranted else { return .failure(.loginNotGranted(login, targetName)) }
        return resolved(login, on: target)
    }

    private func resolveLogin(
        on targetName: TargetName,
        for name: PrincipalName
    ) -> Result<ResolvedAddress, AddressRefusal> {
        let granted = grantedLogins(name, on: targetName)
        guard let target = target(named: targetName) else {
            return .failure(.unknownTarget(targetName))
        }
        guard let login = granted.first else { return .failure(.noLoginGranted(targetName)) }
        guard granted.count == 1 else {
            return .failure(.severalLoginsGranted(granted, targetName))
        }
        return resolved(login, on: target)
    }

    private func resolved(
        _ login: Login,
        on target: Target
    ) -> Result<ResolvedAddress, AddressRefusal> {
        guard !target.hostKeys.isEmpty else { return .failure(.hostKeyNotPinned(target.name)) }
        return .success(ResolvedAddress(login: login, target: target))
    }
}
