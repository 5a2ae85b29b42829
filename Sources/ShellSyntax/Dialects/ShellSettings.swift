/// The options and aliases of a shell, as literal commands change them.
///
/// `shopt`, `set`, `alias` and `unalias`, and of bash the variables `POSIXLY_CORRECT` and
/// `BASH_ALIASES`.
public struct ShellSettings: Hashable, Sendable {
    public private(set) var options: ShellOptions
    public private(set) var aliases = AliasTable()
    /// Whether all that could change them is plain to see.
    ///
    /// False from a command on that changes them in a branch, in a function or with expansions: the
    /// shell may read what follows otherwise.
    public private(set) var areCertain = true
    private let dialect: Dialect

    /// - Parameters:
    ///   - dialect: The shell.
    ///   - options: What it starts with, where it is not the dialect's own.
    public init(_ dialect: Dialect, options: ShellOptions? = nil) {
        self.options = options ?? ShellOptions(dialect)
        self.dialect = dialect
    }

    /// Does what the commands of a list do to options and aliases, where that is plain to see.
    public mutating func follow(_ list: CommandList) {
        for item in list.items where item.terminator != .ampersand {
            follow(item.andOr.first)
            for member in item.andOr.rest { followPerhaps { $0.follow(member.pipeline) } }
        }
    }

    /// What may run or not makes what it changes uncertain.
    private mutating func followPerhaps(_ body: (inout ShellSettings) -> Void) {
        var changed = self
        body(&changed)
        if changed != self { areCertain = false }
    }

    private mutating func follow(_ pipeline: Pipeline) {
        // The commands of a longer pipeline run in shells of their own.
        guard pipeline.commands.count == 1 else { return }
        switch pipeline.commands[0] {
        case .simple(let command): follow(command)
        case .compound(let command):
            if case .braceGroup(let list) = command.body {
                follow(list)
            } else {
                followPerhaps { settings in
                    for list in command.body.lists { settings.follow(list) }
                    if let name = command.body.loopVariable { settings.assign(name, "", []) }
                }
            }
        case .function(let definition):
            followPerhaps { settings in
                for list in definition.body.body.lists { settings.follow(list) }
            }
        case .coprocess: return
        }
    }

    private mutating func follow(_ command: SimpleCommand) {
        if dialect == .bash {
            for assignment in command.assignments where Self.tells(assignment.name) {
                // In front of a command it holds for that one, or for longer.
                let assigns: (inout ShellSettings) -> Void = { $0.follow(assignment) }
                if command.words.isEmpty { assigns(&self) } else { followPerhaps(assigns) }
            }
        }
        // Nearly all commands are others, and to look through their words takes time.
        switch command.words.first?.plainText {
        case "alias", "builtin", "command", "declare", "export", "local", "readonly", "set",
            "shopt", "typeset", "unalias", "unset":
            break
        default: return
        }
        var words = command.words.map(\.plainText)
        while let name = words.first, name == "builtin" || name == "command" { words.removeFirst() }
        guard let first = words.first, let name = first else { return }
        let arguments = words.dropFirst().compactMap(\.self)
        if Self.following.contains(name), arguments.count < words.count - 1 { areCertain = false }
        switch name {
        case "shopt" where dialect == .bash: followShopt(arguments)
        case "set": followSet(arguments)
        case "alias": for word in arguments { define(word) }
        case "unalias":
            for word in arguments {
                if word == "-a" { aliases.removeAll() } else { aliases[word] = nil }
            }
        case "export", "declare", "typeset", "readonly", "local":
            for word in arguments { declare(word) }
        case "unset":
            if arguments.contains("POSIXLY_CORRECT") { setPOSIX(false) }
        default: return
        }
    }

    private static let following: Set<ShellText> = ["shopt", "set", "alias", "unalias"]

    /// Whether a variable of bash changes options or aliases.
    private static func tells(_ name: ShellText) -> Bool {
        name == "POSIXLY_CORRECT" || name == "BASH_ALIASES"
    }

    // MARK: variables of bash

    private mutating func follow(_ assignment: Assignment) {
        switch assignment.value {
        case .word(let word):
            assign(assignment.name, word.plainText, assignment.subscripting?.word.parts)
        case .array: assign(assignment.name, nil, nil)
        }
    }

    /// An argument of `export` and its kind: `name=value`.
    private mutating func declare(_ word: ShellText) {
        let name = word.utf8.prefix { $0 != 0x3D && $0 != 0x2B && $0 != 0x5B }
        let value = word.utf8.dropFirst(name.count)
        if !value.isEmpty { assign(ShellText(Array(name)), nil, nil) }
    }

    private mutating func assign(_ name: ShellText, _ value: ShellText?, _ key: [WordPart]?) {
        guard dialect == .bash else { return }
        switch name {
        case "POSIXLY_CORRECT": setPOSIX(true)
        case "BASH_ALIASES":
            let range = SourceRange(0, 0)
            if let value, let key = key.flatMap({ Word(parts: $0, range: range).plainText }) {
                aliases[key] = value
            } else {
                areCertain = false
            }
        default: return
        }
    }

    /// With the mode, bash switches the expansion of aliases.
    private mutating func setPOSIX(_ isOn: Bool) {
        guard dialect == .bash else { return }
        options.isPOSIX = isOn
        options.expandsAliases = isOn
    }

    // MARK: options

    private mutating func followShopt(_ words: [ShellText]) {
        let switches = words.filter { $0.utf8.first == 0x2D }
        let sets = switches.contains { $0.utf8.contains(0x73) }
        let unsets = switches.contains { $0.utf8.contains(0x75) }
        guard sets != unsets else { return }
        let areOfSet = switches.contains { $0.utf8.contains(0x6F) }
        for word in words {
            switch word {
            case "extglob" where !areOfSet: options.extendedGlob = sets
            case "expand_aliases" where !areOfSet: options.expandsAliases = sets
            case "interactive_comments": options.hasComments = sets
            case "posix" where areOfSet: setPOSIX(sets)
            case "braceexpand" where areOfSet: options.expandsBraces = sets
            default: continue
            }
        }
    }

    private mutating func followSet(_ words: [ShellText]) {
        var index = 0
        while index < words.count, let sign = words[index].utf8.first,
            sign == 0x2D || sign == 0x2B
        {
            let letters = words[index].utf8.dropFirst()
            if letters.elementsEqual([0x2D]) { return }
            if letters.contains(0x42) { options.expandsBraces = sign == 0x2D }
            if letters.last == 0x6F, index + 1 < words.count {
                index += 1
                switch words[index] {
                case "posix": setPOSIX(sign == 0x2D)
                case "interactive-comments": options.hasComments = sign == 0x2D
                case "braceexpand": options.expandsBraces = sign == 0x2D
                default: break
                }
            }
            index += 1
        }
    }

    private mutating func define(_ word: ShellText) {
        guard let equals = word.utf8.firstIndex(of: 0x3D), equals > word.utf8.startIndex else {
            return
        }
        aliases[ShellText(Array(word.utf8[..<equals]))] =
            ShellText(Array(word.utf8[word.utf8.index(after: equals)...]))
    }
}

extension Word {
    /// The text after quote removal, where nothing is expanded.
    fileprivate var plainText: ShellText? {
        if let literal { return literal }
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal), .escaped(let literal), .singleQuoted(let literal):
                text += literal.text.description
            case .doubleQuoted(let quoted):
                guard let inner = Word(parts: quoted.parts, range: quoted.range).plainText else {
                    return nil
                }
                text += inner.description
            case .ansiCQuoted, .tilde, .parameter, .commandSubstitution, .arithmetic,
                .processSubstitution, .braceExpansion, .extendedGlob, .array, .deferredError:
                return nil
            }
        }
        return ShellText(text)
    }
}

extension CompoundBody {
    /// The commands that may run in the shell itself.
    fileprivate var lists: [CommandList] {
        switch self {
        case .braceGroup(let list): [list]
        case .subshell, .arithmetic, .conditional: []
        case .forLoop(let loop), .selectLoop(let loop): [loop.body.list]
        case .arithmeticFor(let loop): [loop.body.list]
        case .whileLoop(let loop), .untilLoop(let loop): [loop.condition, loop.body]
        case .caseClause(let clause): clause.items.map(\.list)
        case .ifClause(let clause):
            clause.branches.flatMap { [$0.condition, $0.body] }
                + [clause.otherwise].compactMap(\.self)
        }
    }

    fileprivate var loopVariable: ShellText? {
        switch self {
        case .forLoop(let loop), .selectLoop(let loop): loop.name.literal
        case .braceGroup, .subshell, .arithmetic, .conditional, .arithmeticFor, .whileLoop,
            .untilLoop, .caseClause, .ifClause:
            nil
        }
    }
}
