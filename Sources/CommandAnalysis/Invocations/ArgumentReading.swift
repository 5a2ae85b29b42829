import ShellSyntax

/// Reads arguments as a program does: options of its style, subcommands, operands.
struct ArgumentReading: ~Copyable {
    var result: ParsedArguments
    let arguments: [Argument]
    var index = 0
    /// Whose options hold: the subcommand before the program.
    var lists: [ProgramKnowledge]
    var style: OptionStyle
    var areOptionsOver = false
    /// What stands in front may be `--`, or a command whose options these are.
    var mayBeOver = false

    static func read(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge
    ) -> ParsedArguments {
        var reading = ArgumentReading(arguments, knowledge)
        reading.readAll()
        return reading.finish()
    }

    private consuming func finish() -> ParsedArguments { result }

    private init(_ arguments: [Argument], _ knowledge: ProgramKnowledge) {
        self.arguments = arguments
        result = ParsedArguments(knowledge: knowledge)
        result.operands.reserveCapacity(arguments.count)
        lists = [knowledge]
        style = knowledge.style
    }

    private mutating func readAll() {
        while index < arguments.count, result.rest == nil {
            let argument = arguments[index]
            index += 1
            guard case .one(let text) = argument else {
                takeMany(argument)
                continue
            }
            if !areOptionsOver, style != .none, isOption(text) {
                readOption(text)
                if result.has(.last) { areOptionsOver = true }
            } else {
                if !areOptionsOver, style != .none, text.mayBeOption {
                    result.possibleOption = text
                    noteUncertainEnd(argument)
                }
                takeOperand(argument)
            }
        }
    }

    // MARK: Operands

    /// Any number of arguments stand here, and one of them may be an option.
    mutating func takeMany(_ argument: Argument) {
        if !result.knowledge.commands.isEmpty, result.operands.isEmpty {
            result.hasUnknownCommand = true
            noteUncertainEnd(argument)
        }
        if !areOptionsOver, !argument.isNeverOption || argument.isCalledOptions {
            result.possibleOption = argument.text
            noteUncertainEnd(argument)
        }
        result.operands.append(argument)
    }

    private mutating func takeOperand(_ argument: Argument) {
        if !result.knowledge.commands.isEmpty, result.operands.isEmpty {
            guard let name = argument.literal,
                let command = result.knowledge.command(named: name)
            else {
                result.hasUnknownCommand = true
                if let name = argument.literal { result.verbs.append(name) }
                noteUncertainEnd(argument)
                result.operands.append(argument)
                return
            }
            result.verbs.append(name)
            result.knowledge = command
            lists.insert(command, at: 0)
            style = command.style
            areOptionsOver = false
            return
        }
        result.operands.append(argument)
        switch style {
        case .posix, .dash: areOptionsOver = true
        case .gnu, .plain, .dashAnywhere, .none:
            // The operand is the first of a command with its own options.
            if let place = result.knowledge.commandPlace, result.operands.count > place {
                areOptionsOver = true
            }
        }
    }

    /// Notes that options may be over here, unless the host alone can have said so.
    private mutating func noteUncertainEnd(_ argument: Argument) {
        if argument.text.mayBeChosen { mayBeOver = true }
    }

    private func isOption(_ text: AbstractText) -> Bool {
        guard let first = text.knownPrefix.utf8.first else {
            return false
        }
        if first == UInt8(ascii: "+") { return hasPlus }
        return first == UInt8(ascii: "-") && text.literal != "-"
    }

    private var hasPlus: Bool { lists.contains(where: \.hasPlus) }
}

extension AbstractText {
    /// Whether it begins with unknown text that may begin with a dash.
    fileprivate var mayBeOption: Bool {
        if case .unknown = pieces.first { !isNoOption } else { false }
    }
}

extension ProgramKnowledge {
    /// The subcommand of this name: a full name before one with `*`, a longer one of these first.
    fileprivate func command(named name: ShellText) -> ProgramKnowledge? {
        if let command = commandsByName[name] { return command }
        var best: (length: Int, knowledge: ProgramKnowledge)?
        for command in commandsByPattern {
            for candidate in command.names {
                guard candidate.contains(UInt8(ascii: "*")), candidate.matchesStars(name)
                else { continue }
                if candidate.utf8.count > best?.length ?? -1 {
                    best = (candidate.utf8.count, command.knowledge)
                }
            }
        }
        return best?.knowledge
    }
}

extension Argument {
    /// Whether they are what a variable of the host says whose name tells that these are options.
    fileprivate var isCalledOptions: Bool {
        guard case .any(let unknown) = self, case .environment(let name) = unknown.origin else {
            return false
        }
        return ["ARGS", "OPTS", "OPTIONS", "FLAGS"].contains { ending in
            name.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        }
    }

    /// Whether none of them can be an option.
    fileprivate var isNeverOption: Bool {
        switch self {
        case .one(let text): text.isNoOption
        case .any(let unknown): AbstractText(unknown).isNoOption
        }
    }
}
