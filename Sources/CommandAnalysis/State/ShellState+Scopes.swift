internal import ShellSyntax

// Several variables of one name: that of a function, that in front of a command, that of the shell.
//
// Only the one that is seen is followed. The others are put away until it goes, and are not known then
// if anything may have reached them meanwhile.

extension ShellState {
    /// Whether another variable of the name is put away.
    func hides(_ name: ShellText) -> Bool {
        temporaries.contains(name) || locals.contains { $0.keys.contains(name) }
    }

    /// Makes a variable that of the running function.
    ///
    /// - Returns: Whether it was another's before.
    mutating func makeOwn(_ name: ShellText) -> Bool {
        guard let scope = locals.last, !scope.keys.contains(name) else { return false }
        locals[locals.count - 1][name] = .some(variables[name])
        return true
    }

    /// Notes that a variable which is put away may be changed: `declare -g`.
    mutating func reachHidden(_ name: ShellText) {
        if hides(name) { reached.insert(name) }
    }

    /// `unset`: a variable of the running function stays its own, behind any other the next one is seen.
    mutating func remove(_ name: ShellText) {
        let isOwn = locals.last?.keys.contains(name) == true && !temporaries.contains(name)
        if isOwn || !hides(name) {
            variables[name] = Variable(.unset)
        } else {
            reached.insert(name)
            forget(name)
        }
    }

    /// Puts back what was put away.
    mutating func restore(_ hidden: [ShellText: Variable?]) {
        for (name, variable) in hidden {
            variables[name] = variable
            guard reached.contains(name) else { continue }
            forget(name)
            if name == "PATH" { areProgramsKnown = false }
        }
        if locals.isEmpty, temporaries.isEmpty { reached = [] }
    }

    private mutating func forget(_ name: ShellText) {
        variables[name] = Variable(.unknown(UnknownText(.text, from: .variable(name))))
        variables[name]?.isExported = true
    }

    /// What one of two ways put away, or both not alike, nobody knows.
    mutating func joinScopes(_ other: ShellState) {
        temporaries.formUnion(other.temporaries)
        reached.formUnion(other.reached)
        guard locals.count == other.locals.count else {
            for scope in locals + other.locals { reached.formUnion(scope.keys) }
            return
        }
        for index in locals.indices where locals[index] != other.locals[index] {
            for (name, variable) in other.locals[index] where locals[index][name] != variable {
                locals[index][name] = .some(variable)
                reached.insert(name)
            }
            for name in locals[index].keys where !other.locals[index].keys.contains(name) {
                reached.insert(name)
            }
        }
    }
}
