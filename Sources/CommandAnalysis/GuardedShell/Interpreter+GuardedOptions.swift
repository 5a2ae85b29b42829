import ShellSyntax

// `set` and `shopt`: options that the analysis follows, or that change nothing of what is read, may
// be switched; every other one is refused, those of bash versions to come included.

extension Interpreter {
    /// `set`: what stands behind the options are parameters.
    mutating func guardOptions(_ arguments: [Argument], _ frame: Frame, at range: SourceRange) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard let word = argument.literal else {
                if !argument.isNoOption {
                    emit(.reading, frame, program: "set", certainty: .possible, at: range)
                }
                return
            }
            guard let sign = word.utf8.first, sign == 0x2D || sign == 0x2B, word.utf8.count > 1,
                word != "--"
            else { return }
            for letter in word.utf8.dropFirst() {
                if letter == UInt8(ascii: "o") {
                    // Alone it lists them all.
                    guard let name = rest.popFirst() else { continue }
                    guardOption(name, frame, at: range)
                } else if !"abBCefhmnPTuvxE".utf8.contains(letter) {
                    emit(.reading, frame, program: "set", at: range)
                }
            }
        }
    }

    private mutating func guardOption(_ name: Argument, _ frame: Frame, at range: SourceRange) {
        if name.literal.map({ Self.harmlessOptions.contains($0) }) ?? false { return }
        emit(.reading, frame, program: "set", at: range)
    }

    /// `shopt`: with `-s` or `-u` it switches, with `-o` the options of `set`.
    mutating func guardShellOptions(
        _ arguments: [Argument],
        _ frame: Frame,
        at range: SourceRange
    ) {
        let options = BuiltinArguments(arguments, valued: "")
        guard options.areOptionsKnown else {
            emit(.reading, frame, program: "shopt", certainty: .possible, at: range)
            return
        }
        guard options.has("s") || options.has("u") else { return }
        for name in options.operands {
            if options.has("o") {
                guardOption(name, frame, at: range)
            } else if let literal = name.literal, Self.leadingElsewhere.contains(literal) {
                // Where the shell is after a line, nobody could tell any more.
                emit(.commandDynamic, frame, program: "shopt", at: range)
            } else if !(name.literal.map { Self.harmlessShellOptions.contains($0) } ?? false) {
                emit(.reading, frame, program: "shopt", at: range)
            }
        }
    }

    /// Of `set -o`.
    ///
    /// Not among them: `posix` and `keyword`, which change the grammar; `emacs` and `vi`, with which
    /// bash would edit the lines that the bastion sends; `history` and `histexpand`; `privileged`,
    /// `onecmd`, `restricted` and `ignoreeof`, with which the shell cannot go on as it should.
    private static let harmlessOptions: Set<ShellText> = [
        "allexport", "braceexpand", "errexit", "errtrace", "functrace", "hashall", "monitor",
        "noclobber", "noexec", "noglob", "nolog", "notify", "nounset", "physical", "pipefail",
        "verbose", "xtrace",
    ]

    private static let harmlessShellOptions: Set<ShellText> = [
        "checkhash", "checkjobs", "checkwinsize", "cmdhist", "complete_fullquote", "direxpand",
        "dirspell", "dotglob", "execfail", "failglob", "force_fignore", "globasciiranges",
        "globskipdots", "globstar", "gnu_errfmt", "histappend", "histreedit", "histverify",
        "hostcomplete", "huponexit", "inherit_errexit", "lastpipe", "lithist", "localvar_inherit",
        "localvar_unset", "mailwarn", "no_empty_cmd_completion", "nocaseglob", "nullglob",
        "progcomp", "progcomp_alias", "shift_verbose", "sourcepath", "varredir_close",
    ]

    /// `shopt` options with which a command that is none changes the directory.
    private static let leadingElsewhere: Set<ShellText> = ["autocd", "cdable_vars", "cdspell"]
}
