import ShellSyntax

// What built-ins do to the shell that reads the next line. What they do to variables, files and
// directories is found where that is done; here is what has no other trace.

extension Interpreter {
    /// Looks at a built-in, of which no function takes the place, before it runs.
    mutating func guardBuiltin(
        _ name: ShellText,
        _ call: Call,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        // This one runs text in a shell of any kind.
        let isTest = name == "test" || name == "["
        guard isTest || request.profile == .guarded else { return }
        let arguments = Array(call.arguments.dropFirst())
        if isTest { try guardTest(arguments, state, frame, at: call.range) }
        guard request.profile == .guarded else { return }
        guardCode(name, arguments, frame, at: call.range)
        switch name {
        case "read":
            let options = BuiltinArguments(arguments, valued: "adiNnptu")
            guardDescriptor(options.values(of: "u"), frame, at: call.range)
            guardLineEditor(options, frame, at: call.range)
        case "mapfile", "readarray":
            let options = BuiltinArguments(arguments, valued: "dnOsuCc")
            guardDescriptor(options.values(of: "u"), frame, at: call.range)
        default: break
        }
        guard frame.shell == .same else { return }
        switch name {
        case "trap": try guardTrap(arguments, state, frame, at: call.range)
        case "alias": try guardAliases(arguments, state, frame, at: call.range)
        case "enable":
            let options = BuiltinArguments(arguments, valued: "f")
            let isListing = options.hasOnly("anps") && options.operands.isEmpty
            if !isListing { emit(.builtins, frame, program: name, at: call.range) }
        case "set": guardOptions(arguments, frame, at: call.range)
        case "shopt": guardShellOptions(arguments, frame, at: call.range)
        case "hash":
            let options = BuiltinArguments(arguments, valued: "p")
            if options.has("p") || !options.areOptionsKnown {
                emit(.commandMeaning, frame, program: name, at: call.range)
            }
        case "unset":
            guardUnset(BuiltinArguments(arguments, valued: ""), frame, at: call.range)
        case "export", "readonly", "declare", "typeset", "local":
            guardDeclaration(name, arguments.map(\.text), frame, at: call.range)
        default: break
        }
    }

    /// `read -e`: keys of the line editor run a program, or the text that was typed.
    ///
    /// So it does in any shell that has the terminal; in this one nothing of it is decided.
    private mutating func guardLineEditor(
        _ options: BuiltinArguments,
        _ frame: Frame,
        at range: SourceRange
    ) {
        let certainty: Certainty? = options.areOptionsKnown ? nil : .possible
        guard options.has("e") || options.has("E") || certainty == .possible else { return }
        guard frame.shell == .same else {
            emit(.terminalInteractive, frame, program: "read", certainty: certainty, at: range)
            return
        }
        emit(.lineEditor, frame, program: "read", certainty: certainty, at: range)
    }

    // MARK: Traps

    /// `trap`: a signal comes at any time, so that its text would run within the guard's own.
    ///
    /// What is ignored, reset, or does nothing is fine. The trap of `EXIT` runs when the guard is gone,
    /// in a shell of which nothing is known today.
    private mutating func guardTrap(
        _ arguments: [Argument],
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        let options = BuiltinArguments(arguments, valued: "")
        guard options.areOptionsKnown else {
            emit(.trap, frame, program: "trap", certainty: .possible, at: range)
            return
        }
        guard options.options.isEmpty, let action = options.operands.first,
            options.operands.count > 1
        else { return }
        let signals = options.operands.dropFirst()
        switch action.literal {
        case "", "-", ":": return
        case let text? where text.utf8.allSatisfy({ (0x30...0x39).contains($0) }): return
        case _? where signals.allSatisfy({ ["EXIT", "exit", "0"].contains($0.literal) }):
            var later = state
            later.forgetAll()
            _ = try runNested(action.text, &later, frame.wrapped(by: "trap"), at: range)
        case _?, nil: emit(.trap, frame, program: "trap", at: range)
        }
    }

    // MARK: Code

    /// Built-ins to which a text is code, wherever they run: it may have come from the terminal.
    private mutating func guardCode(
        _ name: ShellText,
        _ arguments: [Argument],
        _ frame: Frame,
        at range: SourceRange
    ) {
        let isCode: Bool
        switch name {
        case ".", "source":
            guardSource(arguments, frame, at: range)
            return
        case "mapfile", "readarray":
            let options = BuiltinArguments(arguments, valued: "dnOsuCc")
            isCode = options.has("C") || !options.areOptionsKnown
        case "compgen":
            let options = BuiltinArguments(arguments, valued: "AGWFCXPSoV")
            isCode = !options.hasOnly("abcdefgjksuvAGXPSoV")
        case "complete": isCode = !BuiltinArguments(arguments, valued: "AGWFCXPSo").hasOnly("pr")
        case "bind": isCode = BuiltinArguments(arguments, valued: "fqrumx").has("x")
        case "fc": isCode = !BuiltinArguments(arguments, valued: "e").isListing
        default: return
        }
        guard isCode, frame.shell != .other else { return }
        emit(.code, frame, program: name, at: range)
    }

    /// `.`: what is typed, and what comes through a descriptor, would be read as commands.
    private mutating func guardSource(
        _ arguments: [Argument],
        _ frame: Frame,
        at range: SourceRange
    ) {
        let options = BuiltinArguments(arguments, valued: "p")
        guard options.areOptionsKnown, let file = options.operands.first?.text,
            !file.hasUnknown, !file.hasWildcard
        else {
            emit(.commandDynamic, frame, program: "source", at: range)
            return
        }
        let isTerminal =
            switch file.literal {
            case "/dev/tty", "/dev/console": true
            case "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0": frame.input.text.literal == nil
            default: false
            }
        guard isTerminal else { return }
        guard frame.shell == .same else {
            emit(.terminalInteractive, frame, program: "source", at: range)
            return
        }
        emit(.code, frame, program: "source", at: range)
    }

    /// `test -v NAME`: a subscript in the name is computed.
    private mutating func guardTest(
        _ arguments: [Argument],
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        for (option, name) in zip(arguments, arguments.dropFirst()) where option.literal == "-v" {
            var other = state
            try self.name(name.text, &other, frame, at: range)
        }
    }
}
