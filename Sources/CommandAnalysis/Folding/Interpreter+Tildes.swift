import ShellSyntax

// `~`, `~name`, `~+`, `~-`: directories in words.

extension Interpreter {
    func home(_ name: ShellText, _ state: ShellState) -> AbstractText {
        switch name {
        case "":
            guard state.areVariablesKnown, let variable = state.variables["HOME"] else {
                return AbstractText([.directory(.home(nil))])
            }
            if case .scalar(let values) = variable.value, values.count == 1 { return values[0] }
            return AbstractText(UnknownText(.text, from: .variable("HOME")))
        case "+": return directory(in: "PWD", state)
        case "-": return directory(in: "OLDPWD", state)
        case "root": return "/root"
        default: return AbstractText([.directory(.home(name))])
        }
    }

    /// `~+`, `~-` and a plain `cd` are what the variable says, whoever set it.
    func directory(in name: ShellText, _ state: ShellState) -> AbstractText {
        guard case .texts(let texts) = variable(name, state), texts.count == 1 else {
            return AbstractText(UnknownText(.text, from: .variable(name)))
        }
        return texts[0]
    }

    func workingDirectory(_ state: ShellState) -> AbstractText {
        guard state.directories.count == 1 else {
            return AbstractText(UnknownText(.text, from: .variable("PWD")))
        }
        return state.directories[0].text
            ?? AbstractText(UnknownText(.text, from: .variable("PWD")))
    }
}
