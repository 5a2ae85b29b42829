import ShellSyntax

/// What a program makes of its arguments, as far as the knowledge tells.
struct ParsedArguments {
    /// The values of options, in their order.
    var values: [TypedValue] = []
    var tags: [Tag] = []
    /// What is no option, subcommands left out.
    var operands: [Argument] = []
    /// The subcommand's names, as they were written.
    var verbs: [ShellText] = []
    /// Of the program, or of the subcommand.
    var knowledge: ProgramKnowledge
    /// Whether there is an option, an operand or a number of operands that the knowledge does not
    /// tell.
    var isUncertain: Bool { !unknown.isEmpty }
    /// What the knowledge does not tell: options, or operands that may be one.
    private(set) var unknown: [AbstractText] = []
    /// An operand that could be an option, for all that is known of it.
    var possibleOption: AbstractText?
    /// What stands for the value of an option, and may be any number of arguments.
    var unclearValue: AbstractText?
    /// Whether a subcommand is none that the knowledge has.
    var hasUnknownCommand = false
    /// What follows an option that takes all the rest: `-x COMMAND...`.
    var rest: (type: ValueType, arguments: [Argument])?

    struct TypedValue {
        let type: ValueType
        let value: AbstractText
        /// Of the option; none for an operand.
        var tags: [Tag] = []
    }

    func has(_ tag: Tag) -> Bool { tags.contains(tag) }

    /// Whether an option that nobody sees may change what is printed, or what an operand is.
    var mayBeOtherwise: Bool {
        (possibleOption != nil || unclearValue != nil) && knowledge.usages.count > 1
    }

    mutating func noteUnknown(_ text: AbstractText) { unknown.append(text) }
}

/// Reads arguments as a program does: options of its style, subcommands, operands.
struct ArgumentReading {
    private var result: ParsedArguments
    private let arguments: [Argument]
    private var index = 0
    /// Whose options hold: the subcommand before the program.
    private var lists: [ProgramKnowledge]
    private var style: OptionStyle
    private var areOptionsOver = false
    /// What stands in front may be `--`, or a command whose options these are.
    private var mayBeOver = false

    static func read(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge
    ) -> ParsedArguments {
        var reading = ArgumentReading(arguments, knowledge)
        reading.readAll()
        return reading.result
    }

    private init(_ arguments: [Argument], _ knowledge: ProgramKnowledge) {
        self.arguments = arguments
        result = ParsedArguments(knowledge: knowledge)
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
    private mutating func takeMany(_ argument: Argument) {
        if !result.knowledge.commands.isEmpty, result.operands.isEmpty {
            result.hasUnknownCommand = true
            noteUncertainEnd(argument)
        }
        if !areOptionsOver, !argument.isNeverOption {
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
            if result.knowledge.beginsCommand(at: result.operands.count) { areOptionsOver = true }
        }
    }

    // MARK: Options

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

    private mutating func readOption(_ text: AbstractText) {
        let count = result.tags.count
        readAny(text)
        guard mayBeOver else { return }
        // What would excuse all the rest may be no option, or one of a command that stands in front.
        let isExcuse = result.tags[count...].contains { $0 == .help || $0 == .simulate }
        guard isExcuse || style == .posix && result.tags.count > count else { return }
        result.tags.removeSubrange(count...)
        result.noteUnknown(text)
    }

    private mutating func readAny(_ text: AbstractText) {
        let prefix = text.knownPrefix
        if prefix == "--", text.literal != nil {
            areOptionsOver = true
            return
        }
        let isDouble = prefix.utf8.starts(with: "--".utf8)
        switch style {
        case .dash, .dashAnywhere: readNamed(text, dashes: isDouble ? 2 : 1)
        case .gnu, .posix, .plain:
            if isDouble {
                readNamed(text, dashes: 2)
            } else if hasNamed(text) {
                readNamed(text, dashes: 1)
            } else {
                readBundle(text)
            }
        case .none: return
        }
    }

    /// Whether it is a name of several letters behind one dash.
    private func hasNamed(_ text: AbstractText) -> Bool {
        let prefix = text.knownPrefix
        let name = ShellText(Array(prefix.utf8.prefix { $0 != UInt8(ascii: "=") }))
        guard name.utf8.count > 2 else { return false }
        return candidates(name).isEmpty == false
    }

    /// An option with a name: `--name`, `--name=value`, `-name value`.
    private mutating func readNamed(_ text: AbstractText, dashes: Int) {
        let prefix = text.knownPrefix
        let name = ShellText(Array(prefix.utf8.prefix { $0 != UInt8(ascii: "=") }))
        let isAttached = name.utf8.count < prefix.utf8.count
        guard isAttached || text.literal != nil else {
            // The name goes on in text that is not known.
            result.noteUnknown(text)
            return
        }
        var found = candidates(name)
        if found.isEmpty, style == .dash || style == .dashAnywhere {
            // One dash or two are the same.
            let other =
                dashes == 2
                ? ShellText(Array(name.utf8.dropFirst())) : ShellText("-" + name.description)
            found = candidates(other)
        }
        if found.isEmpty, style == .gnu || style == .posix, dashes == 2 {
            found = abbreviated(name)
        }
        if found.isEmpty {
            readPrefixed(text)
            return
        }
        let value = isAttached ? text.dropping(name.utf8.count + 1) : nil
        take(found, attached: value)
    }

    /// A bundle of letters, of which the last may have a value.
    private mutating func readBundle(_ text: AbstractText) {
        let prefix = Array(text.knownPrefix.utf8)
        var position = 1
        while position < prefix.count {
            let sign: UInt8 = prefix[0]
            let length = prefix[position...].characterLength
            let spelling = ShellText([sign] + prefix[position..<(position + length)])
            let found = candidates(spelling)
            guard let first = found.first else {
                if position == 1 { readPrefixed(text) } else { result.noteUnknown(text) }
                return
            }
            position += length
            let attached = text.dropping(position)
            switch first.value {
            case .none:
                take(found, attached: nil)
            case .required, .optional, .several, .rest:
                take(found, attached: attached.pieces.isEmpty ? nil : attached)
                return
            }
        }
        // The letters go on in text that is not known.
        if text.pieces.count > 1 { result.noteUnknown(text) }
    }

    /// `-SIGNAL`, `+EDITOR`: the name is the value.
    private mutating func readPrefixed(_ text: AbstractText) {
        let sign = ShellText([text.knownPrefix.utf8.first ?? 0])
        guard let option = candidates(sign).first else {
            result.noteUnknown(text)
            return
        }
        take([option], attached: text.dropping(1))
    }

    private func candidates(_ spelling: ShellText) -> [KnownOption] {
        for list in lists {
            if let found = list.optionsBySpelling[spelling] { return found }
        }
        return []
    }

    /// The options that a beginning of a long name can only mean.
    private func abbreviated(_ name: ShellText) -> [KnownOption] {
        var found: [KnownOption] = []
        for list in lists {
            for option in list.options
            where option.spellings.contains(where: {
                $0.utf8.starts(with: "--".utf8) && $0.utf8.starts(with: name.utf8)
            }) && !found.contains(option) {
                found.append(option)
            }
        }
        // Several are one where they have a spelling in common.
        guard let first = found.first else { return [] }
        return found.allSatisfy { $0.spellings == first.spellings } ? found : []
    }

    // MARK: Values

    /// Of a flag that is given and taken back, the last one counts: it excuses nothing, and whether
    /// it is set is not certain.
    private mutating func takeBack(_ tags: [Tag]) {
        guard tags.contains(where: result.tags.contains) else { return }
        result.noteUnknown("=false")
        result.tags.removeAll { $0 == .help || $0 == .simulate }
    }

    private mutating func take(_ options: [KnownOption], attached: AbstractText?) {
        var attached = attached
        guard let shape = options.first?.value else { return }
        switch shape {
        case .none:
            if let value = attached {
                // `=true` and `=false` behind a flag. What reads options by `getopt` ends there.
                if value.literal == "false", style != .gnu {
                    return takeBack(options[0].tags)
                }
                if value.literal != "true" || style == .gnu {
                    result.noteUnknown("=false")
                }
            }
            result.tags += options[0].tags
        case .optional(let type):
            choose(options, type, attached)
        case .required:
            if attached == nil {
                guard index < arguments.count else {
                    result.noteUnknown(AbstractText(options[0].spellings.first ?? ""))
                    return
                }
                guard case .one(let next) = arguments[index] else {
                    // The value, and more behind it; or none, and what follows is the value.
                    result.unclearValue = arguments[index].text
                    choose(options, nil, arguments[index].text)
                    takeMany(arguments[index])
                    index += 1
                    return
                }
                attached = next
                index += 1
            }
            choose(options, nil, attached)
        case .several(let types):
            result.tags += options[0].tags
            for type in types where index < arguments.count {
                result.values.append(
                    .init(type: type, value: arguments[index].text, tags: options[0].tags)
                )
                index += 1
            }
        case .rest(let type):
            result.tags += options[0].tags
            result.rest = (type, Array(arguments[index...]))
        }
    }

    /// Takes the option that the value means.
    private mutating func choose(
        _ options: [KnownOption],
        _ type: ValueType?,
        _ value: AbstractText?
    ) {
        guard let value = value?.withoutMatches else {
            // An optional value that is not there.
            if let option = options.first(where: { $0.match == nil }) ?? options.first {
                result.tags += option.tags
            }
            return
        }
        var plain: KnownOption?
        for option in options {
            switch option.match {
            case nil: plain = option
            case .whole(let text):
                guard let literal = value.literal else {
                    if value.mayBe(text) { result.noteUnknown(value) }
                    continue
                }
                if literal.isEqualIgnoringCase(text) {
                    result.tags += option.tags
                    return
                }
            case .prefix(let text):
                // OpenSSH takes a blank in the place of `=`; the others take it for no setting.
                let isSetting =
                    value.knownPrefix.hasPrefixIgnoringCase(text)
                    || text.utf8.last == UInt8(ascii: "=")
                        && value.knownPrefix.hasPrefixIgnoringCase(
                            ShellText(text.utf8.dropLast() + [UInt8(ascii: " ")])
                        )
                if isSetting {
                    result.tags += option.tags
                    if let type = option.valueType {
                        let rest = value.dropping(text.utf8.count)
                        result.values.append(.init(type: type, value: rest, tags: option.tags))
                    }
                    return
                }
                if value.literal == nil, value.knownPrefix.utf8.count < text.utf8.count {
                    result.noteUnknown(value)
                }
            }
        }
        guard let plain else {
            result.noteUnknown(value)
            return
        }
        result.tags += plain.tags
        if let type = plain.valueType {
            result.values.append(.init(type: type, value: value, tags: plain.tags))
        }
    }
}

extension AbstractText {
    /// Whether a text that is not known whole may be this one.
    fileprivate func mayBe(_ text: ShellText) -> Bool {
        let prefix = knownPrefix.utf8
        // The path of a directory begins with a slash.
        if case .directory = pieces.first { return text.utf8.first == UInt8(ascii: "/") }
        guard text.utf8.starts(with: prefix) else { return false }
        if case .unknown(let unknown) = pieces.first, unknown.shape == .name {
            // A name has no dash in front.
            return text.utf8.first != UInt8(ascii: "-") && pieces.count > 1
                || shape == UnknownText.Shape(of: text)
        }
        return pieces.count > 1 || shape == .text || shape == UnknownText.Shape(of: text)
    }

    /// Whether it begins with unknown text that may begin with a dash.
    fileprivate var mayBeOption: Bool {
        if case .unknown = pieces.first { !isNoOption } else { false }
    }
}

extension KnownOption {
    fileprivate var valueType: ValueType? {
        switch value {
        case .none, .several: nil
        case .required(let type), .optional(let type), .rest(let type): type
        }
    }
}

extension ProgramKnowledge {
    /// The subcommand of this name: a full name before one with `*`, a longer one of these first.
    fileprivate func command(named name: ShellText) -> ProgramKnowledge? {
        if let command = commandsByName[name] { return command }
        var best: (length: Int, knowledge: ProgramKnowledge)?
        for command in commandsByPattern {
            for candidate in command.names {
                guard candidate.utf8.contains(UInt8(ascii: "*")), candidate.matchesStars(name)
                else { continue }
                if candidate.utf8.count > best?.length ?? -1 {
                    best = (candidate.utf8.count, command.knowledge)
                }
            }
        }
        return best?.knowledge
    }

    /// Whether the operand of this number is the first of a command with its own options.
    fileprivate func beginsCommand(at count: Int) -> Bool {
        usages.contains { usage in
            let leading = usage.operands.leading
            if let place = leading.firstIndex(of: .command) { return count > place }
            guard usage.operands.repeated == .command || usage.operands.repeated == .shell else {
                return false
            }
            // Assignments before a command are any number.
            return count > leading.count(where: { $0 != .assignment })
        }
    }
}

extension Argument {
    /// Whether none of them can be an option.
    fileprivate var isNeverOption: Bool {
        switch self {
        case .one(let text): text.isNoOption
        case .any(let unknown): AbstractText(unknown).isNoOption
        }
    }
}

extension ShellText {
    /// Whether it matches as a pattern in which `*` is any text.
    func matchesStars(_ text: ShellText) -> Bool {
        let parts = utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return self == text
        }
        var rest = Array(text.utf8)[...]
        guard rest.starts(with: first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: Array(part)) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }

    fileprivate func isEqualIgnoringCase(_ other: ShellText) -> Bool {
        utf8.count == other.utf8.count && hasPrefixIgnoringCase(other)
    }

    fileprivate func hasPrefixIgnoringCase(_ other: ShellText) -> Bool {
        utf8.count >= other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// The bytes of the first UTF-8 character.
    fileprivate var characterLength: Int {
        var length = 1
        while length < count, self[startIndex + length] & 0xC0 == 0x80 { length += 1 }
        return length
    }

    fileprivate func firstRange(of part: [UInt8]) -> Range<Int>? {
        if part.isEmpty { return startIndex..<startIndex }
        guard count >= part.count else { return nil }
        for start in startIndex...(endIndex - part.count)
        where self[start..<(start + part.count)].elementsEqual(part) {
            return start..<(start + part.count)
        }
        return nil
    }
}
