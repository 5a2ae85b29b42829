import ShellSyntax

/// What a shell does itself and the interpreter follows, by its name.
enum ShellBuiltin: String, CaseIterable {
    case colon = ":"
    case `true`, `false`, exit, `return`, `break`, `continue`
    case times, jobs, umask, ulimit, fg, bg, test, echo, pwd, type
    case bracket = "["
    case printf, cd, eval, exec, command, set, shift, unset, read, getopts, wait, trap
    case dot = "."
    case export, local, readonly, alias, unalias

    // Of bash, and names of programs to other shells.
    case source, declare, typeset, builtin, pushd, popd, `let`, shopt, mapfile, readarray, hash
    case enable, caller, dirs, disown, suspend, logout, help, complete, compopt
    case compgen, bind, fc, history

    private static let byName = NameTable(
        allCases.map { (key: ShellText($0.rawValue), value: $0) }
    )

    private static let names = NameSet(allCases.map { ShellText($0.rawValue) })

    init?(_ name: ShellText) {
        guard Self.names.contains(name), let found = Self.byName[name] else { return nil }
        self = found
    }
}
