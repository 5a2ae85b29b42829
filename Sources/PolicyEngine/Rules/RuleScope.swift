internal import CommandAnalysis
internal import SSHWire
internal import ShellSyntax

/// For which requests a policy file or a rule is: all of its parts must hold.
///
/// A part that is nil holds always.
indirect enum RuleScope: Hashable, Sendable {
    case all([RuleScope])
    case not(RuleScope)
    case principals([PrincipalPattern])
    case kinds(Set<PrincipalName.Kind>)
    case roles(Set<Role>)
    case onBehalfOf([PrincipalPattern])
    case targetNames([TextPattern])
    case targetLabels([String: [TextPattern]])
    case logins([TextPattern])
    case times([TimeWindow])
    case sourceAddresses([AddressRange])
    case claims([String: [TextPattern]])

    /// Unknown where the circumstances do not tell: a forbid applies then, and nothing else does.
    func match(_ context: RequestContext) -> PatternMatch {
        switch self {
        case .all(let parts):
            return parts.reduce(.yes) { min($0, $1.match(context)) }
        case .not(let scope): return !scope.match(context)
        case .sourceAddresses(let ranges):
            guard let address = context.sourceAddress else { return .unknown }
            return ranges.contains { $0.contains(address) } ? .yes : .no
        case .principals, .kinds, .roles, .onBehalfOf, .targetNames, .targetLabels, .logins, .times,
            .claims:
            return holds(context) ? .yes : .no
        }
    }

    private func holds(_ context: RequestContext) -> Bool {
        switch self {
        case .all, .not, .sourceAddresses:
            preconditionFailure("a part that may be unknown is matched on its own")
        case .principals(let patterns): patterns.contains { $0.matches(context.principal) }
        case .kinds(let kinds): kinds.contains(context.principal.kind)
        case .roles(let roles): !roles.isDisjoint(with: context.roles)
        case .onBehalfOf(let patterns):
            context.onBehalfOf.map { owner in patterns.contains { $0.matches(owner) } } ?? false
        case .targetNames(let patterns): patterns.match(context.target.name)
        case .targetLabels(let labels):
            labels.allSatisfy { name, patterns in
                context.labels[name].map { patterns.match($0) } ?? false
            }
        case .logins(let patterns): patterns.match(context.login.name)
        case .times(let windows): windows.contains { $0.contains(context.unixSeconds) }
        case .claims(let claims):
            claims.allSatisfy { name, patterns in
                context.claims[name].map { patterns.match($0) } ?? false
            }
        }
    }
}

extension [TextPattern] {
    fileprivate func match(_ text: String) -> Bool { contains { $0.match(ShellText(text)) } }
}

/// Some principals: `human:alice`, `agent:*`.
struct PrincipalPattern: Hashable, Sendable {
    static let expected = "a principal like `human:alice` or a pattern like `agent:*`"

    let kind: PrincipalName.Kind
    let name: TextPattern

    /// Nil where the text is no such pattern.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"),
            let kind = PrincipalName.Kind(rawValue: String(text[..<colon]))
        else { return nil }
        let rest = text[text.index(after: colon)...]
        guard !rest.isEmpty else { return nil }
        do throws(PathPatternError) {
            name = try TextPattern(ShellText(String(rest)))
        } catch {
            return nil
        }
        self.kind = kind
    }

    func matches(_ principal: PrincipalName) -> Bool {
        principal.kind == kind && name.match(ShellText(principal.name))
    }
}
