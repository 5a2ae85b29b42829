import ShellSyntax

// Built-ins that change what the shell remembers.

extension Interpreter {
    // MARK: Directories

    /// `cd`: where the shell is afterwards, and where it is if that failed.
    mutating func changeDirectory(_ arguments: [Argument], _ state: inout ShellState) {
        var rest = arguments[...]
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-"),
            option.utf8.count > 1
        {
            rest.removeFirst()
            if option == "--" { break }
        }
        state.variables["PWD"] = nil
        state.variables["OLDPWD"] = nil
        let before = state.directories
        let target: AbstractText?
        switch rest.first {
        case nil: target = home(state)
        case .one(let text): target = text
        case .any: target = nil
        }
        guard let target, rest.count <= 1 else {
            state.previousDirectory = before.count == 1 ? before[0] : nil
            state.directories = [.unknown]
            return
        }
        if target.literal == "-" {
            let previous = state.previousDirectory ?? .unknown
            state.previousDirectory = before.count == 1 ? before[0] : nil
            state.directories = [previous]
            return
        }
        // CDPATH leads relative names elsewhere.
        let isElsewhere = state.variables["CDPATH"] != nil
        // A shell goes up by names, so that `..` behind a link is where the link is.
        let paths =
            isElsewhere
            ? [AbstractPath.unknown]
            : before.map { state.files.resolve(AbstractPath(target, relativeTo: $0)) }
        state.previousDirectory = before.count == 1 ? before[0] : nil
        state.directories = paths
        state.directoriesOnFailure = paths.allSatisfy { exists($0, state) } ? [] : before
    }

    private func home(_ state: ShellState) -> AbstractText {
        guard case .texts(let texts) = variable("HOME", state), texts.count == 1 else {
            return AbstractText(UnknownText(.text, from: .variable("HOME")))
        }
        return texts[0]
    }

    /// Whether the directory is there on every host, or the line made it.
    private func exists(_ path: AbstractPath, _ state: ShellState) -> Bool {
        if state.files[path] == .directory { return true }
        if case .known(.home(nil)) = path.root, path.components.isEmpty { return true }
        guard let literal = path.literal else { return false }
        return Self.directoriesOfEveryHost.contains(literal)
    }

    private static let directoriesOfEveryHost: Set<ShellText> = [
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/opt", "/proc", "/run", "/sbin",
        "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/share", "/var",
        "/var/cache", "/var/lib", "/var/log", "/var/tmp",
    ]

    mutating func pushDirectory(
        _ name: ShellText,
        _ arguments: [Argument],
        _ state: inout ShellState
    ) {
        let isPlain =
            name == "pushd" && arguments.count == 1
            && arguments[0].literal.map { ![0x2B, 0x2D].contains($0.utf8.first) } == true
        state.variables["PWD"] = nil
        state.variables["OLDPWD"] = nil
        guard isPlain else {
            state.previousDirectory = nil
            state.directories =
                name == "popd" && arguments.isEmpty
                ? [state.stack.popLast() ?? .unknown] : [.unknown]
            return
        }
        if state.directories.count == 1 { state.stack.append(state.directories[0]) }
        changeDirectory(arguments, &state)
    }

    // MARK: Options

    mutating func set(_ arguments: [Argument], _ state: inout ShellState) {
        var index = 0
        while index < arguments.count {
            guard let word = arguments[index].literal else {
                // An option that nobody knows, or the first parameter.
                state.areSettingsCertain = state.areSettingsCertain && arguments[index].isNoOption
                state.positional = .known(Array(arguments[index...]))
                return
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
                return
            }
            for letter in bytes.dropFirst() {
                if letter == UInt8(ascii: "o") {
                    let name = index < arguments.count ? arguments[index].literal : nil
                    if index < arguments.count {
                        index += 1
                        setOption(name, sign == 0x2D, &state)
                    }
                } else {
                    setOption(Self.letters[letter], sign == 0x2D, &state)
                }
            }
        }
        if index < arguments.count { state.positional = .known(Array(arguments[index...])) }
    }

    private static let letters: [UInt8: ShellText] = [
        UInt8(ascii: "a"): "allexport", UInt8(ascii: "B"): "braceexpand",
        UInt8(ascii: "e"): "errexit", UInt8(ascii: "f"): "noglob", UInt8(ascii: "k"): "keyword",
        UInt8(ascii: "h"): "hashall", UInt8(ascii: "n"): "noexec", UInt8(ascii: "u"): "nounset",
        UInt8(ascii: "v"): "verbose", UInt8(ascii: "x"): "xtrace", UInt8(ascii: "C"): "noclobber",
        UInt8(ascii: "E"): "errtrace", UInt8(ascii: "T"): "functrace", UInt8(ascii: "b"): "notify",
        UInt8(ascii: "m"): "monitor", UInt8(ascii: "p"): "privileged",
        UInt8(ascii: "P"): "physical",
    ]

    mutating func setOption(_ name: ShellText?, _ isOn: Bool, _ state: inout ShellState) {
        switch name {
        case "allexport": state.flags.exportsAll = isOn
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

    // MARK: Parameters and variables

    mutating func shift(_ arguments: [Argument], _ state: inout ShellState) {
        guard case .known(let parameters) = state.positional, parameters.texts != nil,
            let count = arguments.isEmpty ? 1 : arguments[0].text.number
        else {
            state.positional = .unknown(.notComputed)
            return
        }
        if (0...parameters.count).contains(count) {
            state.positional = .known(Array(parameters.dropFirst(count)))
        }
    }

    mutating func unset(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        var isFunction = false
        var isReference = false
        for argument in arguments {
            switch argument.literal {
            case "-f": isFunction = true
            case "-v": isFunction = false
            case "-n": isReference = true
            case let name? where name.isName && isReference:
                if state.variables[name]?.reference != nil { state.variables[name] = nil }
            case let name? where state.readOnly.contains(name) && !isFunction:
                let unknown = UnknownText(.text, from: .variable(name))
                state.variables[name] = Variable(.unknown(unknown))
            case let name? where name.isName:
                // Without an option it is a variable, and a function where there is none.
                if isFunction || state.variables[name] == nil { state.functions[name] = nil }
                if !isFunction {
                    if let reference = state.variables[name]?.reference { state.unset(reference) }
                    state.unset(name)
                    if name == "PATH" { state.areProgramsKnown = false }
                }
            case let element? where element.isAllElements:
                unsetElements(of: element, &state, frame)
                if let name = element.declaredName { state.unsettled.insert(name) }
            case let element?:
                if let name = element.declaredName { state.unsettled.insert(name) }
                try unknownName(argument.text, &state, frame, at: range)
            case nil: try unknownName(argument.text, &state, frame, at: range)
            }
        }
    }

    /// `read`: what it reads goes into variables.
    mutating func read(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> AbstractText {
        let options = BuiltinArguments(arguments, valued: "adiNnptu")
        var names = options.values(of: "a") + options.operands.map(\.text)
        // A line is taken as it is with `-r` and nothing else, or where no backslash is in it.
        let text = frame.input.text
        let hasBackslash = text.literal?.utf8.contains(UInt8(ascii: "\\")) ?? true
        let isPlain = options.hasOnly("r") && (options.has("r") || !hasBackslash)
        if names.isEmpty { names = ["REPLY"] }
        use(frame.input, as: .data)
        emit(.systemRead, frame, program: "read", at: range)
        let fields = isPlain ? text.fields(names.count, separators(state)) : nil
        if isPlain, case .text = frame.input, let rest = text.withoutFirstLine {
            state.input = rest
        }
        for (index, name) in names.enumerated() {
            guard let variable = name.literal, variable.isName else {
                try unknownName(name, &state, frame, at: range)
                continue
            }
            let unknown = Variable.Value.unknown(UnknownText(.text, from: .variable(variable)))
            let value = fields.map { Variable.Value.scalar([$0[index]]) } ?? unknown
            try assign(variable, value, &state, frame, at: range)
        }
        return .empty
    }

    mutating func assignUnknown(
        _ names: some Sequence<Argument>,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        for name in names {
            guard let variable = name.literal, variable.isName else {
                try unknownName(name.text, &state, frame, at: range)
                continue
            }
            let unknown = UnknownText(.text, from: .variable(variable))
            try assign(variable, .unknown(unknown), &state, frame, at: range)
        }
    }

    mutating func mapFile(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        use(frame.input, as: .data)
        let options = BuiltinArguments(arguments, valued: "dnOsuCc")
        var names = options.operands
        // Only with `-t` and nothing else is an element a line.
        let isPlain = options.has("t") && options.hasOnly("t")
        // `-C` runs its value, which reads what the lines so far have left of the input.
        let input = state.input
        for callback in options.values(of: "C") {
            if let rest = frame.input.rest { state.input = rest }
            _ = try runNested(callback, &state, frame, at: call.range)
        }
        state.input = input
        if names.isEmpty { names = [.one("MAPFILE")] }
        guard isPlain, names.count == 1, let name = names[0].literal, name.isName,
            let text = frame.input.text.literal
        else {
            try assignUnknown(names, &state, frame, at: call.range)
            return
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let elements = lines.enumerated().map { ($0, AbstractText(ShellText(Array($1)))) }
        let value = Variable.Value.indexed(Dictionary(uniqueKeysWithValues: elements))
        try assign(name, value, &state, frame, at: call.range)
    }

    // MARK: Names of commands

    mutating func alias(_ arguments: [Argument], _ state: inout ShellState) {
        for argument in arguments {
            guard let word = argument.literal else {
                state.areSettingsCertain = false
                continue
            }
            guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")),
                equals > word.utf8.startIndex
            else { continue }
            state.aliases[ShellText(Array(word.utf8[..<equals]))] =
                ShellText(Array(word.utf8[word.utf8.index(after: equals)...]))
        }
    }

    mutating func unalias(_ arguments: [Argument], _ state: inout ShellState) {
        for argument in arguments {
            guard let word = argument.literal else {
                state.areSettingsCertain = false
                continue
            }
            if word == "-a" { state.aliases.removeAll() } else { state.aliases[word] = nil }
        }
    }

    /// `hash -p PATH NAME`.
    mutating func hash(_ arguments: [Argument], _ state: inout ShellState) {
        guard arguments.first?.literal == "-p", arguments.count >= 3 else {
            if arguments.contains(where: { $0.literal == nil }) { state.areProgramsKnown = false }
            return
        }
        for name in arguments.dropFirst(2) {
            guard let name = name.literal else {
                state.areProgramsKnown = false
                continue
            }
            state.hashedPrograms[name] = arguments[1].text
        }
    }
}

extension Argument {
    /// Whether it cannot begin with a dash or a plus.
    var isNoOption: Bool {
        guard case .one(let text) = self else { return false }
        return text.isNoOption
    }
}

extension AbstractText {
    /// Whether it cannot begin with a dash or a plus.
    var isNoOption: Bool {
        switch pieces.first {
        case .text(let text): ![0x2D, 0x2B].contains(text.utf8.first)
        case .directory: true
        case .unknown(let unknown):
            switch unknown.shape {
            case .digits, .name: true
            case .relativePath: unknown.origin != .names
            // Options are nothing that a host sets for everybody.
            case .integer, .text: unknown.isOfEnvironment
            }
        case .wildcard, nil: false
        }
    }

    /// What is left behind the first line; nil where that is not known.
    fileprivate var withoutFirstLine: Stream? {
        guard let literal else { return nil }
        let rest = literal.utf8.drop { $0 != 0x0A }.dropFirst()
        return rest.isEmpty ? .nothing : .text(AbstractText(ShellText(Array(rest))))
    }

    /// The first line as so many variables get it; nil where it is not known whole.
    fileprivate func fields(_ count: Int, _ separators: FieldSeparators) -> [AbstractText]? {
        guard let literal, case .known(let blanks, let others) = separators, others.isEmpty else {
            return nil
        }
        var line = Array(literal.utf8.prefix { $0 != 0x0A })[...]
        while let last = line.last, blanks.contains(last) { line.removeLast() }
        var fields: [AbstractText] = []
        for index in 0..<count {
            while let first = line.first, blanks.contains(first) { line.removeFirst() }
            let field = index == count - 1 ? line : line.prefix { !blanks.contains($0) }
            line = line.dropFirst(field.count)
            fields.append(AbstractText(ShellText(field)))
        }
        return fields
    }
}
