import ShellSyntax

// Assignments that fail, such that stay, and such that run something.

extension Interpreter {
    /// What bash sets itself, whatever is assigned.
    static let setByBash: NameSet = [
        "BASH_ARGC", "BASH_ARGV", "BASH_LINENO", "BASH_SOURCE", "BASH_SUBSHELL", "BASHPID",
        "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "FUNCNAME", "GROUPS", "LINENO", "RANDOM",
        "SECONDS", "SRANDOM",
    ]

    /// What bash keeps from being changed: to set one ends the shell.
    static let readOnlyOfBash: NameSet = [
        "BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID",
    ]

    /// Notes which names a declaration, `readonly` or `declare -r`, keeps from being changed: of
    /// variables, and with `-f` of functions.
    ///
    /// To set one fails, and what it had it keeps.
    func noteReadOnly(
        _ name: ShellText,
        _ texts: [AbstractText],
        _ state: inout ShellState
    ) {
        let arguments = BuiltinArguments(texts.map { .one($0) }, valued: "")
        guard name == "readonly" || arguments.has("r") else { return }
        for operand in arguments.operands {
            let head = operand.text.knownPrefix
            let variable = ShellText(Array(head.utf8.prefix { $0 != 0x3D && $0 != 0x2B }))
            if variable.isName { state.readOnly.insert(variable) }
        }
    }
}

extension Interpreter {
    /// Notes what `export -n` and `declare +x` take out of the environment of programs.
    func noteUnexported(
        _ name: ShellText,
        _ texts: [AbstractText],
        _ state: inout ShellState
    ) {
        let arguments = BuiltinArguments(texts.map { .one($0) }, valued: "")
        let isTakenOut = texts.contains { text in
            text.knownPrefix.utf8.first == UInt8(ascii: "+")
                && text.knownPrefix.contains(UInt8(ascii: "x"))
        }
        guard name == "export" && arguments.has("n") || isTakenOut else { return }
        for text in texts {
            let head = ShellText(Array(text.knownPrefix.utf8.prefix { $0 != 0x3D && $0 != 0x2B }))
            state.variables[head]?.isPerhapsExported = true
        }
    }
}

extension ShellText {
    /// Whether POSIX lets stay what is set for this command alone.
    var isSpecialBuiltin: Bool {
        switch self {
        case ":", ".", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return",
            "set", "shift", "source", "times", "trap", "unset":
            true
        default: false
        }
    }
}

extension AbstractText {
    /// Whether a reference to it runs something each time that it is read: `a[$(reboot)]`.
    var runsWhenRead: Bool {
        guard let literal else { return false }
        return literal.utf8.contains(0x5B) && literal.utf8.contains { $0 == 0x24 || $0 == 0x60 }
    }
}
