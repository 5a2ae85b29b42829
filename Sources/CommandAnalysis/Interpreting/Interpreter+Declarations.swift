import ShellSyntax

// `export`, `declare`, `local`, `readonly`, `typeset`: commands whose arguments are assignments.

extension Interpreter {
    /// Whether it is one of these commands, as long as no function has its name.
    func isDeclaration(_ name: ShellText, _ dialect: Dialect) -> Bool {
        (dialect == .bash ? Self.declarationsOfBash : Self.declarations).contains(name)
    }

    private static let declarations: NameSet = ["export", "local", "readonly"]
    private static let declarationsOfBash: NameSet = [
        "export", "local", "readonly", "declare", "typeset",
    ]

    mutating func declare(
        _ command: SimpleCommand,
        _ name: ShellText,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let redirected = try redirect(command.redirections, reaching: .passing, &state, frame)
        let before = state
        let isOpened = !command.redirections.contains(where: \.canFail)
        let saved = try assignForCommand(command, &state, frame, isTemporary: false)
        var attributes = Declaration(isLocal: name == "local", exports: name == "export")
        if name == "declare" || name == "typeset" { attributes.isLocal = state.isInFunction }
        // Outside of functions it fails.
        if name == "local", !state.isInFunction { attributes.hasFailed = true }
        var declared: [AbstractText] = []
        for word in command.words.dropFirst() {
            let range = frame.origin.range(of: word.range)
            if let array = word.arrayAssignment {
                declared.append(AbstractText(array.name))
                begin(array.name, attributes, &state, frame, at: range)
                let value = try elements(
                    array.literal,
                    of: array.name,
                    appends: array.appends,
                    &state,
                    frame
                )
                try assign(array.name, value, &state, frame, at: range)
                finish(array.name, attributes, &state)
                continue
            }
            // `name=$value` is not split, anything else is.
            let isAssignment = word.parts.first?.isAssignmentStart == true
            let texts: [AbstractText] =
                isAssignment
                ? try foldTexts(word, &state, frame)
                : try foldArguments([word], &state, frame).flatMap(\.self).map(\.text)
            declared += texts
            for text in texts {
                try declare(text, &attributes, &state, frame, texts.count > 1, at: range)
            }
        }
        exportFunctions(name, declared, &state)
        noteReadOnly(name, declared, &state)
        noteUnexported(name, declared, &state)
        guardDeclaration(name, declared, frame, at: frame.origin.range(of: command.range))
        endCommand(saved, name, &state, frame)
        let hasFailed = !isOpened || !name.takesOptions(of: declared)
        try joinSkipped(hasFailed ? before : nil, &state)
        // dash ends where a name is none, and where `local` is in no function.
        let endsDash = frame.dialect == .posix && (attributes.hasFailed || !declared.areNames)
        if hasFailed || endsDash { state.progress.hasPerhapsEnded = true }
        return redirected.finish(.empty, &state, collects: frame.collects)
    }

    /// Declares what is told from other words only when it runs: nothing is known of it then.
    mutating func declare(
        _ texts: [AbstractText],
        by name: ShellText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        exportFunctions(name, texts, &state)
        noteReadOnly(name, texts, &state)
        var attributes = Declaration(isLocal: false, exports: name == "export")
        for text in texts {
            let prefix = text.knownPrefix
            if let first = prefix.utf8.first, first == 0x2D || first == 0x2B {
                attributes.read(prefix)
                continue
            }
            let head = ShellText(Array(prefix.utf8.prefix { $0 != 0x3D }))
            let isAssignment = head.utf8.count < prefix.utf8.count
            try unknownName(isAssignment ? AbstractText(head) : text, &state, frame, at: range)
            guard let name = isAssignment ? head.declaredName : text.literal?.declaredName else {
                continue
            }
            state.unsettled.insert(name)
            state.makeLocal(name)
            state.variables[name] = Variable(.unknown(UnknownText(.text, from: .variable(name))))
        }
        if attributes.changesMeaning { emit(.commandDynamic, frame, at: range) }
    }

    private mutating func declare(
        _ text: AbstractText,
        _ attributes: inout Declaration,
        _ state: inout ShellState,
        _ frame: Frame,
        _ isOneOfSeveral: Bool,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        let prefix = text.knownPrefix
        if text.literal == "-", attributes.isLocal { return state.makeSettingsLocal() }
        if let first = prefix.utf8.first, first == 0x2D || first == 0x2B, text.literal != nil {
            attributes.read(prefix)
            return settle(&attributes, state, frame)
        }
        // An option that the shell has not ends the declaration.
        if attributes.hasFailed { return }
        guard let equals = prefix.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            if attributes.isFunction {
                if attributes.exports { export(function: text, &state) }
                return
            }
            guard let name = text.literal, name.isName else {
                try unknownName(text, &state, frame, at: range)
                return
            }
            begin(name, attributes, &state, frame, at: range)
            if state.variables[name] == nil, attributes.isLocal {
                state.variables[name] = Variable(.unset)
            }
            finish(name, attributes, &state)
            return
        }
        var head = Array(prefix.utf8[..<equals])
        let appends = head.last == UInt8(ascii: "+")
        if appends { head.removeLast() }
        let name = ShellText(head)
        guard name.isName else {
            try unknownName(AbstractText(name), &state, frame, at: range)
            return
        }
        let length = prefix.utf8.distance(from: prefix.utf8.startIndex, to: equals) + 1
        var value = text.dropping(length)
        begin(name, attributes, &state, frame, at: range)
        if attributes.isReference {
            if !attributes.isPerhapsReference { state.variables[name] = nil }
            state.variables[name, default: Variable(.unset)].reference = value.literal
            state.variables[name]?.isPerhapsReference = attributes.isPerhapsReference
            if value.literal == nil {
                state.areVariablesKnown = false
                state.unsettleAll()
            }
            // Whoever uses it computes its subscript.
            try self.name(value, &state, frame, at: range)
            if value.runsWhenRead { emit(.commandDynamic, frame, at: range) }
            finish(name, attributes, &state)
            return
        }
        if mayBeElements(value, of: name, attributes, state) {
            emit(.commandDynamic, frame, at: range)
            value = AbstractText(UnknownText(.text, from: .variable(name)))
        }
        let values = try converted([value], for: name, &state, frame, at: range)
        if appends || isOneOfSeveral {
            let unknown = UnknownText(.text, from: .variable(name))
            try assign(name, .unknown(unknown), &state, frame, at: range)
        } else {
            try assign(name, .scalar(values), &state, frame, at: range)
        }
        finish(name, attributes, &state)
    }

    /// Whether an array gets the elements of a text that is read once more: `declare -a 'a=($(reboot))'`.
    private func mayBeElements(
        _ value: AbstractText,
        of name: ShellText,
        _ attributes: Declaration,
        _ state: ShellState
    ) -> Bool {
        let first = value.knownPrefix.utf8.first
        let isUnknown = first == nil && value.literal == nil
        guard first == UInt8(ascii: "(") || isUnknown else { return false }
        if attributes.isArray || !state.areVariablesKnown { return true }
        switch state.variables[name]?.value {
        case .indexed, .associative: return true
        case .unknown: return first != nil
        case .unset, .scalar, nil: return false
        }
    }

    /// Notes which of the attributes the shell knows.
    private func settle(_ attributes: inout Declaration, _ state: ShellState, _ frame: Frame) {
        if attributes.isReference {
            let reading = reading(of: .reference, state, frame)
            attributes.isPerhapsReference = reading == .either
            if reading == .older { attributes.hasFailed = true }
        }
        if attributes.caseChange != nil {
            let reading = reading(of: .caseAttributes, state, frame)
            attributes.isPerhapsCaseChange = reading == .either
            if reading == .older { attributes.hasFailed = true }
        }
    }

    /// What is declared has a name that nobody knows, or a subscript.
    mutating func unknownName(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        // Where there is no array of that name, its subscript is not computed.
        var other = state
        try name(text, &other, frame, at: range)
        try join(&state, [other])
        guardName(text, frame, at: range)
        guard let literal = text.literal,
            let bracket = literal.utf8.firstIndex(of: UInt8(ascii: "["))
        else {
            if text.literal == nil {
                state.areVariablesKnown = false
                state.unsettleAll()
            }
            return
        }
        let name = ShellText(Array(literal.utf8[..<bracket]))
        state.noteCommands(in: state.variables[name]?.reference ?? name)
        state.variables[name] = Variable(.unknown(UnknownText(.text, from: .variable(name))))
    }
}

extension WordPart {
    /// Whether it begins with `name=`.
    fileprivate var isAssignmentStart: Bool {
        guard case .literal(let literal) = self,
            let equals = literal.text.utf8.firstIndex(of: UInt8(ascii: "="))
        else { return false }
        var name = Array(literal.text.utf8[..<equals])
        if name.last == UInt8(ascii: "+") { name.removeLast() }
        return ShellText(name).isName
    }
}

extension Word {
    fileprivate struct ArrayAssignment {
        let name: ShellText
        let appends: Bool
        let literal: ArrayLiteral
    }

    /// `name=(…)`.
    fileprivate var arrayAssignment: ArrayAssignment? {
        guard parts.count == 2, case .literal(let literal) = parts[0],
            case .array(let array) = parts[1]
        else { return nil }
        var name = Array(literal.text.utf8.dropLast())
        let appends = name.last == UInt8(ascii: "+")
        if appends { name.removeLast() }
        return ArrayAssignment(name: ShellText(name), appends: appends, literal: array)
    }
}

extension ShellText {
    /// Whether a declaration does what is behind its options: with others it only prints, or fails.
    fileprivate func takesOptions(of texts: [AbstractText]) -> Bool {
        let arguments = BuiltinArguments(texts.map { .one($0) }, valued: "")
        switch self {
        case "export": return arguments.hasOnly("n")
        case "readonly": return arguments.hasOnly("aA")
        default: return arguments.hasOnly("aAgilnrtuxI")
        }
    }
}

extension [AbstractText] {
    /// Whether each is an option, a name, or a name and its value.
    fileprivate var areNames: Bool {
        allSatisfy { text in
            let bytes = text.knownPrefix.utf8
            if bytes.first == UInt8(ascii: "-") { return true }
            let count = bytes.prefix { $0 != 0x3D }.count
            let head = ShellText([UInt8](bytes.prefix(count)))
            return head.isName && (count < bytes.count || text.literal != nil)
        }
    }
}
