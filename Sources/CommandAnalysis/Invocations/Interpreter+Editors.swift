import ShellSyntax

// Who says what becomes of a file that an editor opens.

extension Interpreter {
    /// Whether the line does, so that nobody looks at what is saved: it names the editor, says what that
    /// reads, or where it finds its commands.
    func isUnattended(_ state: ShellState, _ frame: Frame) -> Bool {
        switch frame.input {
        case .text, .unknown: true
        case .client, .nothing, .script:
            state.variables.contains { name, variable in
                variable.isExported && variable.choosesEditor(as: name)
            }
        }
    }
}

extension Variable {
    /// Whether it is one by which editors are chosen or told what to do, with anything in it but an
    /// editor that waits for somebody.
    fileprivate func choosesEditor(as name: ShellText) -> Bool {
        if EditorVariables.commands.contains(name) { return !isSurelyEmpty }
        let isEditor =
            EditorVariables.programs.contains(name)
            || name.utf8.suffix(7).elementsEqual("_EDITOR".utf8)
        guard isEditor else { return false }
        guard case .scalar(let texts) = value else { return true }
        return texts.contains { text in
            guard let literal = text.literal else { return true }
            let base = literal.utf8.split(separator: UInt8(ascii: "/")).last.map {
                ShellText(Array($0))
            }
            return base.map { !EditorVariables.waiting.contains($0) } ?? false
        }
    }

    private var isSurelyEmpty: Bool {
        guard case .scalar(let texts) = value else { return false }
        return texts.allSatisfy { $0.literal?.isEmpty == true }
    }
}

private enum EditorVariables {
    static let programs: Set<ShellText> = ["EDITOR", "VISUAL", "HGEDITOR", "CVSEDITOR"]
    /// What an editor does when it starts, or where it looks for that.
    static let commands: Set<ShellText> = [
        "VIMINIT", "EXINIT", "GVIMINIT", "NVIMINIT", "VIMRUNTIME", "VIM", "HOME", "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS",
    ]
    /// Without arguments and without input they do nothing by themselves.
    static let waiting: Set<ShellText> = [
        "vi", "vim", "nvim", "vim.tiny", "vim.basic", "elvis", "nvi", "ex", "ed", "nano", "pico",
        "emacs", "emacsclient", "mg", "joe", "jed", "micro", "mcedit", "ne", "kak", "hx", "editor",
        "sensible-editor", "gedit", "kate", "code",
    ]
}
