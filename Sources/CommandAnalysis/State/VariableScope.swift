public import ShellSyntax

/// What variables were before they got other values for a while.
///
/// A function has variables of its own, and so has a command with assignments before it.
public struct VariableScope: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case function, command }

    public let kind: Kind
    /// Nil for one that was not there.
    public var saved: [ShellText: Variable?] = [:]
    /// What `local -` gives back: options of the shell.
    public var settings: Settings?

    public struct Settings: Hashable, Sendable {
        let options: ShellOptions
        let flags: ShellState.Flags
    }

    public init(_ kind: Kind, saved: [ShellText: Variable?] = [:]) {
        self.kind = kind
        self.saved = saved
    }
}

extension ShellState {
    var isInFunction: Bool { scopes.contains { $0.kind == .function } }

    private var innermostFunction: Int? { scopes.lastIndex { $0.kind == .function } }

    /// Makes a variable one of the function in which the shell is.
    ///
    /// - Returns: Whether it was not one before.
    @discardableResult
    mutating func makeLocal(_ name: ShellText) -> Bool {
        guard let index = innermostFunction, scopes[index].saved[name] == nil else { return false }
        scopes[index].saved[name] = .some(variables[name])
        return true
    }

    /// Whether the variable that is seen stands before a command.
    func isOfCommand(_ name: ShellText) -> Bool {
        scopes.contains { $0.kind == .command && $0.saved[name] != nil }
    }

    /// `local -`: what `set` changes from here on ends with the function.
    mutating func makeSettingsLocal() {
        guard let index = innermostFunction, scopes[index].settings == nil else { return }
        scopes[index].settings = .init(options: options, flags: flags)
    }

    /// What a command has for itself may stay once it is declared: which bash keeps it, and where,
    /// differs.
    mutating func noteDeclared(_ name: ShellText) {
        if isOfCommand(name) { unsettled.insert(name) }
    }

    /// Notes that any of the variables that come back may be another one then.
    mutating func unsettleAll() {
        for scope in scopes { unsettled.formUnion(scope.saved.keys) }
    }

    /// Puts the variable that no function and no command has for itself in the place of the one that
    /// is seen, or back again.
    mutating func exchangeGlobal(_ name: ShellText) {
        guard let index = scopes.firstIndex(where: { $0.saved[name] != nil }) else { return }
        let seen = variables[name]
        variables[name] = scopes[index].saved[name] ?? nil
        scopes[index].saved[name] = .some(seen)
        if unsettled.contains(name) { variables[name] = Self.joined(variables[name], seen, name) }
    }

    /// Takes a variable away, and whatever a function or command around had in its place comes back.
    mutating func unset(_ name: ShellText) {
        guard let index = scopes.lastIndex(where: { $0.saved[name] != nil }) else {
            variables[name] = Variable(.unset)
            return
        }
        if unsettled.contains(name) {
            variables[name] = Variable(.unknown(UnknownText(.text, from: .variable(name))))
        } else if index == innermostFunction {
            // One's own stays one's own.
            variables[name] = Variable(.unset)
        } else {
            let saved = scopes[index].saved.removeValue(forKey: name) ?? nil
            // With `localvar_unset` nothing comes back.
            variables[name] = Self.joined(Variable(.unset), saved ?? Variable(.unset), name)
        }
    }

    /// Gives variables back what they had.
    mutating func leaveScope() {
        let scope = scopes.removeLast()
        for (name, variable) in scope.saved {
            variables[name] =
                unsettled.contains(name)
                ? Self.joined(variables[name], variable, name) : variable
        }
        if let settings = scope.settings {
            options = settings.options
            flags = settings.flags
        }
    }

    mutating func joinScopes(_ other: ShellState) {
        unsettled.formUnion(other.unsettled)
        for index in scopes.indices where index < other.scopes.count {
            if scopes[index].settings != other.scopes[index].settings { areSettingsCertain = false }
            let theirs = other.scopes[index].saved
            let names = Set(scopes[index].saved.keys).union(theirs.keys)
            for name in names where scopes[index].saved[name] != theirs[name] {
                unsettled.insert(name)
                guard let other = theirs[name] else { continue }
                guard let mine = scopes[index].saved[name] else {
                    scopes[index].saved[name] = .some(other)
                    continue
                }
                scopes[index].saved[name] = .some(Self.joined(mine, other, name))
            }
        }
    }

    /// Gives up what comes back where that differs from an earlier state.
    mutating func widenScopes(from earlier: ShellState) {
        for index in scopes.indices where index < earlier.scopes.count {
            let before = earlier.scopes[index].saved
            let names = Set(scopes[index].saved.keys).union(before.keys)
            for name in names where scopes[index].saved[name] != before[name] {
                unsettled.insert(name)
                let unknown = UnknownText(.text, from: .variable(name))
                scopes[index].saved[name] = .some(Variable(.unknown(unknown)))
            }
        }
    }
}
