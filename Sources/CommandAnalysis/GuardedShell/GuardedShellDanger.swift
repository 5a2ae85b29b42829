import ShellSyntax

/// What a line does to the shell that reads the next one.
enum GuardedShellDanger: Hashable, Sendable, CaseIterable {
    /// It writes a name that begins with `__sp_`.
    case reservedName
    /// A built-in is given a name that the text does not tell: it may be any variable of the shell.
    case unknownName
    /// It opens, closes or moves a descriptor by which commands come or reports go.
    case descriptor
    /// It opens a descriptor, the memory or a terminal of another process by its path.
    case path
    /// A link leads to where such paths are.
    case link
    /// `stty` for another terminal than the one that it stands on.
    case terminalSettings
    /// A trap: it runs between any two commands, those of the guard included.
    case trap
    /// A function or an alias takes the place of a word that the guard or the grammar uses.
    case commandName
    /// A function that cannot be taken away any more.
    case frozenFunction
    /// The text of an alias that is no command by itself.
    case aliasText
    /// `enable`: built-ins go away or come from files.
    case builtins
    /// An option or a locale that changes how text is read.
    case reading
    /// A variable that the shell itself runs, or obeys between lines.
    case variable
    /// A name that leads to another program from now on.
    case commandMeaning
    /// Unknown data where the shell computes, and so may run it.
    case data
    /// A text that is code to a built-in.
    case code
    /// The line editor of `read`: it runs what is typed.
    case lineEditor

    /// For the attribute `verb`, and so for whoever is refused.
    var words: ShellText {
        switch self {
        case .reservedName: "use a name of the guard"
        case .unknownName: "set a name that is not known"
        case .descriptor: "move a descriptor of the shell"
        case .path: "open a descriptor of a process"
        case .link: "link to descriptors of processes"
        case .terminalSettings: "set up another terminal"
        case .trap: "run code between commands"
        case .commandName: "redefine a word of the shell"
        case .frozenFunction: "freeze a function"
        case .aliasText: "alias a part of a command"
        case .builtins: "change the built-in commands"
        case .reading: "change how commands are read"
        case .variable: "set a variable of the shell"
        case .commandMeaning: "change what a name runs"
        case .data: "compute with data that is not known"
        case .code: "hand code to a built-in"
        case .lineEditor: "edit a line that can run commands"
        }
    }

    /// Whether the shell is harmed, or nobody can tell.
    ///
    /// Where something is not known that would only perhaps be harmful, it is a text or a command
    /// that is not known, which somebody may look at.
    var action: Action {
        switch self {
        case .unknownName, .data: .commandDynamic
        case .reservedName, .descriptor, .path, .link, .terminalSettings, .trap, .commandName,
            .frozenFunction, .aliasText, .builtins, .reading, .variable, .commandMeaning, .code,
            .lineEditor:
            .guardEscape
        }
    }
}

extension Interpreter {
    /// Remembers that the line endangers the shell that reads the next one.
    mutating func emit(
        _ danger: GuardedShellDanger,
        _ frame: Frame,
        program: ShellText? = nil,
        variable: ShellText? = nil,
        certainty: Certainty? = nil,
        at range: SourceRange
    ) {
        var attributes = [
            ForeseenAction.Attribute(.verb, .texts([AbstractText(danger.words)]))
        ]
        if let variable {
            attributes.append(.init(.variable, .texts([AbstractText(variable)])))
        }
        emit(
            danger.action,
            frame,
            program: program,
            attributes,
            certainty: certainty,
            at: range
        )
    }
}
