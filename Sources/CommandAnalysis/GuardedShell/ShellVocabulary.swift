import ShellSyntax

/// The words of bash 5.2 that a guarded shell must be able to rely on.
enum ShellVocabulary {
    /// What the guard's own names begin with.
    static let reservedPrefix: ShellText = "__sp_"

    /// All built-in commands (`compgen -b`).
    static let builtins: Set<ShellText> = [
        ".", ":", "[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "command",
        "compgen", "complete", "compopt", "continue", "declare", "dirs", "disown", "echo", "enable",
        "eval", "exec", "exit", "export", "false", "fc", "fg", "getopts", "hash", "help", "history",
        "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf", "pushd", "pwd",
        "read", "readarray", "readonly", "return", "set", "shift", "shopt", "source", "suspend",
        "test", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias", "unset",
        "wait",
    ]

    /// All reserved words (`compgen -k`).
    static let reservedWords: Set<ShellText> = [
        "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do",
        "done", "in", "function", "time", "{", "}", "!", "[[", "]]", "coproc",
    ]

    /// Whether a function or an alias of that name changes what the guard, or every line, does.
    ///
    /// `command_not_found_handle` is what every name without a program runs.
    static func isTaken(_ name: ShellText) -> Bool {
        builtins.contains(name) || reservedWords.contains(name) || isReserved(name)
            || name == "command_not_found_handle"
    }

    static func isReserved(_ text: ShellText) -> Bool {
        text.utf8.containsSequence(reservedPrefix.utf8)
    }

    /// Whether the shell runs the variable's value, obeys it between lines, or reads otherwise then.
    ///
    /// Beside those of the prompt these are easily missed: the message of `MAILPATH` is expanded when
    /// mail arrives, a catalogue of `TEXTDOMAINDIR` gives `$"…"` another text, and `DIRSTACK`
    /// changes where `popd` leads.
    static func isOfShell(_ variable: ShellText) -> Bool {
        variables.contains(variable) || isReserved(variable)
    }

    private static let variables: Set<ShellText> = [
        "PROMPT_COMMAND", "PS0", "PS1", "PS2", "PS4", "FUNCNEST", "TMOUT", "IGNOREEOF",
        "ignoreeof", "BASH_XTRACEFD", "BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS",
        "POSIXLY_CORRECT", "POSIX_PEDANTIC", "BASH_COMPAT", "BASH_CMDS", "BASH_ALIASES",
        "BASH_LOADABLES_PATH", "EXECIGNORE", "histchars", "MAIL", "MAILPATH", "MAILCHECK",
        "TEXTDOMAIN", "TEXTDOMAINDIR", "LOCPATH", "INPUTRC", "DIRSTACK",
    ]

    /// Those of them that may be taken away: without them the shell does less.
    static let unsettable: Set<ShellText> = [
        "TMOUT", "MAIL", "MAILPATH", "MAILCHECK", "TEXTDOMAIN", "TEXTDOMAINDIR", "LOCPATH",
        "BASH_ENV", "ENV",
    ]

    /// The variables that say which bytes are characters, and so where a word ends.
    static let encodings: Set<ShellText> = ["LANG", "LC_ALL", "LC_CTYPE"]

    /// Whether text is read in this locale as the parser of this program reads it.
    ///
    /// In GBK or Shift-JIS a byte that looks like an operator is half of a character.
    static func isSafeLocale(_ value: ShellText) -> Bool {
        let name = value.utf8.prefix { $0 != UInt8(ascii: "@") }
            .map(\.lowercasedASCII)
        let encoding = name.drop { $0 != UInt8(ascii: ".") }
        return ["", "c", "posix"].contains(ShellText(name))
            || [".utf-8", ".utf8"].contains(ShellText(encoding))
    }
}
