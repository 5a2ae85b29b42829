import ShellSyntax

// Names that a line may not give another meaning: variables, functions, aliases.

extension Interpreter {
    // MARK: Text

    /// Looks for the names of the guard in a text that its shell is about to read.
    mutating func guardText(_ text: [UInt8], _ frame: Frame) {
        guard frame.shell != .other else { return }
        let prefix = ShellVocabulary.reservedPrefix.utf8
        let found = text.indices.first { text[$0] == 0x5F && text[$0...].starts(with: prefix) }
        guard let found else { return }
        let range = SourceRange(found, found + prefix.count)
        emit(.reservedName, frame, at: frame.origin.range(of: range))
    }

    /// Looks for them in what the words of a command have become.
    mutating func guardWords(_ arguments: [Argument], _ frame: Frame, at range: SourceRange) {
        guard frame.shell != .other else { return }
        if arguments.contains(where: { $0.literal.map(ShellVocabulary.isReserved) ?? false }) {
            emit(.reservedName, frame, at: range)
        }
    }

    // MARK: Variables

    /// Notes that a variable is set which the shell itself uses.
    ///
    /// What one program gets in its environment is nothing to the shell.
    mutating func guardAssignment(
        _ name: ShellText,
        _ variable: Variable,
        _ frame: Frame,
        at range: SourceRange
    ) {
        // Whatever the shell is, a variable that computes what it is given runs what stands in it.
        if variable.isInteger, variable.value.mayBeExpression {
            emit(.data, frame, variable: name, at: range)
        }
        guard frame.shell == .same, !frame.isTemporary else { return }
        guardVariable(name, frame, at: range)
        guard ShellVocabulary.encodings.contains(name) else { return }
        let isSafe = variable.value.texts.allSatisfy {
            $0.literal.map(ShellVocabulary.isSafeLocale) ?? false
        }
        if !isSafe { emit(.reading, frame, variable: name, at: range) }
    }

    private mutating func guardVariable(
        _ name: ShellText,
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard ShellVocabulary.isOfShell(name) else { return }
        emit(.variable, frame, variable: name, at: range)
    }

    /// Notes that names lead to other programs from now on, where that is so.
    mutating func guardPrograms(
        _ before: Bool,
        _ state: ShellState,
        _ frame: Frame,
        variable: ShellText,
        at range: SourceRange
    ) {
        guard frame.shell == .same, !frame.isTemporary, before, !state.areProgramsKnown else {
            return
        }
        emit(.commandMeaning, frame, variable: variable, at: range)
    }

    /// A text that a built-in takes for the name of a variable, perhaps with `=` or a subscript.
    mutating func guardName(_ text: AbstractText, _ frame: Frame, at range: SourceRange) {
        guard frame.shell == .same else { return }
        guard let literal = text.literal else {
            emit(.unknownName, frame, at: range)
            return
        }
        let name = literal.utf8.prefix { !"=+[".utf8.contains($0) }
        guardVariable(ShellText(Array(name)), frame, at: range)
    }

    /// `unset`: some of the shell's variables may go.
    mutating func guardUnset(
        _ arguments: BuiltinArguments,
        _ frame: Frame,
        at range: SourceRange
    ) {
        if arguments.has("f") { return }
        for name in arguments.operands.compactMap(\.literal) {
            if name == "PATH" {
                emit(.commandMeaning, frame, variable: name, at: range)
            } else if !ShellVocabulary.unsettable.contains(name) {
                guardName(AbstractText(name), frame, at: range)
            }
        }
    }

    /// `declare`, `readonly` and their kind, beside the values that they assign.
    mutating func guardDeclaration(
        _ name: ShellText,
        _ texts: [AbstractText],
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard frame.shell == .same else { return }
        let arguments = BuiltinArguments(texts.map { .one($0) }, valued: "")
        let isFrozen = name == "readonly" || arguments.has("r")
        if arguments.has("f") || arguments.has("F") {
            if isFrozen, !arguments.operands.isEmpty { emit(.frozenFunction, frame, at: range) }
            return
        }
        // Without a value `export PATH` and `declare -p BASH_ALIASES` say what is there.
        if arguments.has("p") { return }
        let isReference = arguments.has("n") && name != "export"
        for operand in arguments.operands.map(\.text) {
            if isReference {
                guard let target = operand.literal?.valueOfAssignment else {
                    emit(.unknownName, frame, at: range)
                    continue
                }
                guardName(AbstractText(target), frame, at: range)
            }
            guard let literal = operand.literal else { continue }
            // What is assigned is looked at where that is done.
            if literal.valueOfAssignment == nil { guardName(operand, frame, at: range) }
            // The guard itself reads with `IFS=` in front.
            if isFrozen, literal.variableName == "IFS" {
                emit(.variable, frame, variable: "IFS", at: range)
            }
        }
    }

    // MARK: Functions

    /// Notes that a function takes the place of a word that the guard or the grammar uses; nil is a
    /// name that the text does not tell.
    mutating func guardFunction(_ name: ShellText?, _ frame: Frame, at range: SourceRange) {
        guard frame.shell == .same else { return }
        if name.map(ShellVocabulary.isTaken) ?? true { emit(.commandName, frame, at: range) }
    }
}

extension Variable.Value {
    /// Whether arithmetic might find more than a number in it.
    fileprivate var mayBeExpression: Bool {
        texts.contains { text in
            switch text.shape {
            case .digits, .integer: false
            case .name, .relativePath, .text: !text.pieces.isEmpty
            }
        }
    }

    /// What it may be, as texts.
    fileprivate var texts: [AbstractText] {
        switch self {
        case .unset: []
        case .scalar(let texts): texts
        case .indexed(let elements): Array(elements.values)
        case .associative(let elements): Array(elements.values)
        case .unknown(let unknown): [AbstractText(unknown)]
        }
    }
}

extension ShellText {
    /// What stands behind `=`.
    fileprivate var valueOfAssignment: ShellText? {
        guard let equals = utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        return ShellText(Array(utf8[utf8.index(after: equals)...]))
    }
}
