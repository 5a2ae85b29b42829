import ShellSyntax

// Commands that the shell itself has. What one prints is not looked at unless a filter has it.

extension Interpreter {
    /// Runs a built-in; nil where the name is none.
    mutating func runBuiltin(
        _ name: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        guard let builtin = ShellBuiltin(name) else { return nil }
        let isBash = frame.dialect == .bash
        lazy var arguments = Array(call.arguments.dropFirst())
        if mayRunText(name, call.arguments.dropFirst()) {
            emit(.commandDynamic, frame, program: name, at: call.range)
        }
        switch builtin {
        case .jobs where arguments.first?.literal == "-x":
            var inner = call
            inner.arguments = Array(arguments.dropFirst())
            return try run(inner, &state, frame.wrapped(by: name))
        case .break, .continue:
            state.leave(\.loop)
            if !arguments.isEmpty { state.leave(\.loops) }
        case .return: state.leave(\.function)
        case .exit, .suspend, .logout: state.progress.hasPerhapsEnded = true
        case .ulimit:
            state.progress.mayEnd = true
            state.files.keepAll()
        case .umask where !arguments.allSatisfy(\.leavesFilesWritable): state.files.keepAll()
        case .colon, .true, .false, .times, .jobs,
            .umask, .fg, .bg, .test, .bracket, .echo, .pwd, .type:
            break
        case .printf:
            if isBash, arguments.count > 1, arguments[0].literal == "-v" {
                try formatInto(arguments, &state, frame, at: call.range)
                return .empty
            }
        case .cd: changeDirectory(arguments, &state)
        case .eval: return try evaluateText(arguments, call, &state, frame)
        case .exec: return try execute(arguments, call, &state, frame)
        case .dot, .source: return try source(arguments, call, &state, frame)
        case .command: return try runCommand(arguments, call, &state, frame)
        case .set: set(arguments, &state)
        case .shift:
            shift(arguments, &state)
            state.progress.hasPerhapsEnded = true
        case .declare where isBash, .typeset where isBash, .export, .local, .readonly:
            // Behind `command` or `builtin`, or from a variable: words like any others.
            try declare(arguments.map(\.text), by: name, &state, frame, at: call.range)
        case .unset: try unset(arguments, &state, frame, at: call.range)
        case .read: return try read(arguments, &state, frame, at: call.range)
        case .getopts:
            var names = arguments.dropFirst().prefix(1) + [.one("OPTARG")]
            if case .any? = arguments.first { names.append(arguments[0]) }
            try assignUnknown(names, &state, frame, at: call.range)
        case .wait:
            let names = BuiltinArguments(arguments, valued: "p").values(of: "p")
            try assignUnknown(names.map { .one($0) }, &state, frame, at: call.range)
        case .trap:
            state.progress.hasPerhapsEnded = true
            return trap(arguments, call, &state)
        case .alias: alias(arguments, &state)
        case .unalias: unalias(arguments, &state)
        case .builtin where isBash:
            var inner = call
            inner.arguments = arguments
            inner.isBuiltin = true
            return try run(inner, &state, frame)
        case .pushd where isBash, .popd where isBash: pushDirectory(name, arguments, &state)
        case .let where isBash:
            // Behind one that is no expression none is computed.
            var isCertain = true
            for argument in arguments {
                let text = argument.text.withoutMatches
                var other = state
                let value = try evaluate(text, &other, frame, at: call.range)
                let isOctal =
                    text.literal.map { $0.utf8.first == 0x30 && $0.utf8.count > 1 } ?? true
                isCertain =
                    isCertain && value != nil && !isOctal && !other.progress.hasPerhapsEnded
                if isCertain { state = other } else { try join(&state, other) }
            }
        case .shopt where isBash: shopt(arguments, &state)
        case .mapfile where isBash, .readarray where isBash:
            try mapFile(arguments, call, &state, frame)
        case .hash where isBash: hash(arguments, &state)
        case .enable where isBash:
            if !arguments.isEmpty { state.areProgramsKnown = false }
            // With `-f` it loads a library.
            if !BuiltinArguments(arguments, valued: "f").hasOnly("adnps") {
                emit(.codeRun, frame, program: name, at: call.range)
            }
        case .caller where isBash, .dirs where isBash, .disown where isBash,
            .help where isBash,
            .complete where isBash, .compopt where isBash:
            break
        case .compgen where isBash, .bind where isBash, .fc where isBash,
            .history where isBash:
            try mayRunText(name, arguments, call, &state, frame)
        default: return nil
        }
        return try finishBuiltin(name, call, &state, frame)
    }

    /// What built-ins and programs of the same name have in common: `echo`, `test`, `kill`.
    private mutating func finishBuiltin(
        _ name: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if knowledge.program(named: name) != nil {
            return try runProgram(name, call, &state, frame)
        }
        emit(.systemRead, frame, program: name, at: call.range)
        guard frame.collects else { return .empty }
        let filter = Filter(
            arguments: Array(call.arguments.dropFirst()),
            input: frame.input.text,
            content: contents(state, frame),
            directory: workingDirectory(state),
            dialect: frame.dialect
        )
        let unknown = AbstractText(UnknownText(.text, from: .output))
        if printsOtherwise(name, filter.arguments, state, frame) { return unknown }
        return filter.output(of: name) ?? unknown
    }

    /// `printf -v NAME FORMAT …`.
    private mutating func formatInto(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        emit(.systemRead, frame, program: "printf", at: range)
        let isAlike = !printsOtherwise("printf", arguments, state, frame)
        // What looks like an option is one, and with that nothing is set.
        let isOption = arguments.count > 2 && !arguments[2].isNoOption
        let text = isAlike && !isOption ? Printf.format(Array(arguments.dropFirst(2)), .bash) : nil
        guard let name = arguments[1].literal, name.isName else {
            try unknownName(arguments[1].text, &state, frame, at: range)
            return
        }
        try assign(name, .scalar([text ?? .notComputed]), &state, frame, at: range)
        // That of the command itself stays.
        state.noteDeclared(name)
    }
}

extension Argument {
    /// Whether whoever makes a file with this as `umask` may write it afterwards, as with any that is
    /// usual: `022`.
    fileprivate var leavesFilesWritable: Bool {
        guard let literal else { return false }
        // These only tell it.
        if literal == "-S" || literal == "-p" { return true }
        let digits = Array(literal.utf8)
        return !digits.isEmpty && digits.dropLast(2).allSatisfy { $0 == UInt8(ascii: "0") }
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    }
}
