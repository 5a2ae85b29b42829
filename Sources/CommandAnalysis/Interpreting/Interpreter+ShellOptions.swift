import ShellSyntax

// `set`, `shopt`: what the shell is told of itself.

extension Interpreter {
    mutating func set(_ arguments: [Argument], _ state: inout ShellState) {
        let before = state.positional
        let isTaken = setAll(arguments, &state)
        // An option that the shell has not keeps what stands behind it from being set.
        if !isTaken, state.positional != before { state.positional = .unknown(.notComputed) }
    }

    /// - Returns: Whether the shell has all of the options.
    private mutating func setAll(_ arguments: [Argument], _ state: inout ShellState) -> Bool {
        var index = 0
        var isTaken = true
        while index < arguments.count {
            guard let word = arguments[index].literal else {
                // An option that nobody knows, or the first parameter.
                state.areSettingsCertain = state.areSettingsCertain && arguments[index].isNoOption
                state.positional = .known(Array(arguments[index...]))
                return isTaken && arguments[index].isNoOption
            }
            let bytes = Array(word.utf8)
            guard let sign = bytes.first, sign == 0x2D || sign == 0x2B else { break }
            if bytes.count == 1 {
                // A sign alone ends the options, and is no parameter.
                index += 1
                break
            }
            index += 1
            if word == "--" {
                state.positional = .known(Array(arguments[index...]))
                return isTaken
            }
            for letter in bytes.dropFirst() {
                if letter == UInt8(ascii: "o") {
                    let name = index < arguments.count ? arguments[index].literal : nil
                    if index < arguments.count {
                        index += 1
                        if !Self.isOption(name) { isTaken = false }
                        setOption(name, sign == 0x2D, &state)
                    }
                } else {
                    if !Self.isOption(Self.letters[letter]) { isTaken = false }
                    setOption(Self.letters[letter], sign == 0x2D, &state)
                }
            }
        }
        if index < arguments.count { state.positional = .known(Array(arguments[index...])) }
        return isTaken
    }

    private static func isOption(_ name: ShellText?) -> Bool {
        guard let name else { return false }
        return harmlessOptions.contains(name) || endingOptions.contains(name)
    }

    private static let endingOptions: NameSet = ["errexit", "noexec", "nounset", "privileged"]

    private static let letters: [UInt8: ShellText] = [
        UInt8(ascii: "a"): "allexport", UInt8(ascii: "B"): "braceexpand",
        UInt8(ascii: "e"): "errexit", UInt8(ascii: "f"): "noglob", UInt8(ascii: "k"): "keyword",
        UInt8(ascii: "h"): "hashall", UInt8(ascii: "n"): "noexec", UInt8(ascii: "u"): "nounset",
        UInt8(ascii: "v"): "verbose", UInt8(ascii: "x"): "xtrace", UInt8(ascii: "C"): "noclobber",
        UInt8(ascii: "E"): "errtrace", UInt8(ascii: "T"): "functrace", UInt8(ascii: "b"): "notify",
        UInt8(ascii: "m"): "monitor", UInt8(ascii: "p"): "privileged",
        UInt8(ascii: "r"): "restricted",
        UInt8(ascii: "P"): "physical",
    ]

    /// With which no command ends the shell that would not end it without.
    private static let harmlessOptions: NameSet = [
        "allexport", "braceexpand", "emacs", "errtrace", "functrace", "hashall", "history",
        "keyword", "monitor", "noclobber", "noglob", "notify", "physical", "pipefail", "posix",
        "verbose", "vi", "xtrace",
    ]

    mutating func setOption(_ name: ShellText?, _ isOn: Bool, _ state: inout ShellState) {
        if isOn, !Self.harmlessOptions.contains(name ?? "") { state.progress.mayEnd = true }
        switch name {
        case "allexport": state.flags.exportsAll = isOn
        case "noclobber" where isOn: state.flags.keepsFiles = true
        case "restricted": state.restrict()
        case "keyword" where isOn:
            state.flags.takesKeywords = true
            state.areSettingsCertain = false
        case "errexit": state.flags.exitsOnError = isOn
        case "noglob": state.flags.noGlob = isOn
        case "braceexpand": state.options.expandsBraces = isOn
        case "posix":
            state.options.isPOSIX = isOn
            state.variables["POSIXLY_CORRECT"] = isOn ? Variable("y") : nil
            state.options.expandsAliases = isOn
        case "errtrace", "functrace": state.flags.inheritsTraps = isOn
        case "hashall", "nounset", "verbose", "xtrace", "noclobber", "notify", "monitor",
            "pipefail", "ignoreeof", "physical", "history", "emacs", "vi", "interactive-comments",
            "histexpand", "nolog":
            if name == "interactive-comments" { state.options.hasComments = isOn }
        // `keyword` makes assignments of later words, and the rest is not known.
        case _?, nil: state.areSettingsCertain = false
        }
    }

    mutating func shopt(_ arguments: [Argument], _ state: inout ShellState) {
        let words = arguments.compactMap(\.literal)
        if words.count < arguments.count { state.areSettingsCertain = false }
        let switches = words.filter { $0.utf8.first == UInt8(ascii: "-") }
        let sets = switches.contains { $0.utf8.contains(UInt8(ascii: "s")) }
        let unsets = switches.contains { $0.utf8.contains(UInt8(ascii: "u")) }
        guard sets != unsets else { return }
        let areOfSet = switches.contains { $0.utf8.contains(UInt8(ascii: "o")) }
        for word in words where word.utf8.first != UInt8(ascii: "-") {
            if areOfSet {
                setOption(word, sets, &state)
                continue
            }
            switch word {
            case "extglob": state.options.extendedGlob = sets
            case "expand_aliases": state.options.expandsAliases = sets
            case "interactive_comments": state.options.hasComments = sets
            case "lastpipe": state.flags.lastPipe = sets
            case "nocasematch": state.flags.ignoresCase = sets
            case "localvar_inherit": state.flags.inheritsLocals = sets
            // Nothing else brings back what older versions do.
            case "globskipdots", "patsub_replacement": state.mixVersions()
            case _ where word.utf8.starts(with: "compat".utf8): state.mixVersions()
            // Patterns match names of files that they would not be thought to match.
            case "dotglob", "globstar", "nocaseglob":
                state.areProgramsKnown = state.areProgramsKnown && !sets
            // `cd x` goes where the variable says.
            case "cdable_vars": state.areProgramsKnown = state.areProgramsKnown && !sets
            // What `echo` prints is known as long as it is off.
            case "xpg_echo" where !sets: continue
            case "nullglob", "failglob",
                "inherit_errexit", "checkwinsize", "histappend", "cmdhist", "huponexit",
                "checkhash", "checkjobs", "globasciiranges", "sourcepath",
                "execfail", "lithist", "mailwarn", "no_empty_cmd_completion", "progcomp",
                "promptvars", "direxpand", "dirspell", "force_fignore", "hostcomplete",
                "localvar_unset", "shift_verbose":
                continue
            default: state.areSettingsCertain = false
            }
        }
    }
}

extension ShellState {
    /// From now on nothing leads elsewhere, and no file is written: in bash, unless that is an option
    /// that the shell has not.
    mutating func restrict() {
        flags.isRestricted = true
        files.keepAll()
    }
}
