import ShellSyntax

// What a declaration makes of a variable: before it gets its value, and afterwards.

extension Interpreter {
    mutating func begin(
        _ name: ShellText,
        _ attributes: Declaration,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        // Bash may give the shell's variable what the one before a command is declared to be.
        if attributes.changesMeaning, state.isOfCommand(name) {
            emit(.commandDynamic, frame, at: range)
        }
        if attributes.isLocal && !attributes.isGlobal, state.makeLocal(name) {
            begin(local: name, attributes, &state, frame)
        }
        state.noteDeclared(name)
        if attributes.isGlobal { state.exchangeGlobal(name) }
        guard attributes.changesValue || attributes.isIndexed else { return }
        var variable = state.variables[name] ?? Variable(.unset)
        if attributes.isInteger {
            variable.isInteger = true
            variable.isPerhapsInteger = false
        }
        if attributes.isIndexed {
            switch variable.value {
            case .unset: variable.value = .indexed([:])
            case .scalar(let texts) where texts.count == 1:
                variable.value = .indexed([0: texts[0]])
            case .scalar: variable.value = .unknown(UnknownText(.text, from: .variable(name)))
            case .indexed, .associative, .unknown: break
            }
        }
        if attributes.isAssociative {
            variable.isAssociative = true
            if case .unset = variable.value { variable.value = .associative([:]) }
        }
        if let change = attributes.caseChange {
            variable.caseChange = change
            variable.isPerhapsCaseChange = attributes.isPerhapsCaseChange
        }
        state.variables[name] = variable
    }

    /// What a function's own variable has at first: nothing, but in dash what another of its name has.
    private func begin(
        local name: ShellText,
        _ attributes: Declaration,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        guard frame.dialect == .bash, let other = state.variables[name] else { return }
        let mayInherit =
            attributes.inherits || state.flags.inheritsLocals || state.isOfCommand(name)
            || !state.areSettingsCertain || state.readOnly.contains(name)
        if mayInherit {
            state.variables[name]?.value = either(other.value, .unset, name)
        } else {
            state.variables[name] = Variable(.unset)
            state.variables[name]?.isExported = other.isExported
        }
    }

    func finish(_ name: ShellText, _ attributes: Declaration, _ state: inout ShellState) {
        if attributes.exports { state.variables[name]?.isExported = true }
        if attributes.isGlobal { state.exchangeGlobal(name) }
    }
}
