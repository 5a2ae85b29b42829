import ShellSyntax

// What a program can do at most, whatever its arguments are.

extension ParsedArguments {
    /// Whether the program does no more than reading, with whatever operands it is given.
    var onlyReads: Bool {
        !hasActiveOptions && usagesOnlyRead
    }

    private var usagesOnlyRead: Bool {
        knowledge.usages.allSatisfy { usage in
            !usage.input.isRun && !usage.operands.types.contains(where: \.isActive)
                && usage.runs == .same && usage.effects.allSatisfy { $0.action.onlyReads }
        }
    }

    /// Whether an option that nobody sees may change what is printed, or what an operand is.
    var mayBeOtherwise: Bool {
        (possibleOption != nil || unclearValue != nil) && knowledge.usages.count > 1
    }

    /// Whether no arguments at all make the program more than look, and none of them is a file.
    var isInert: Bool {
        guard onlyReads, commandsAreNone else { return false }
        let types = knowledge.usages.flatMap(\.operands.types)
        return (types + knowledge.options.flatMap(\.types)).allSatisfy(\.isInert)
    }

    private var commandsAreNone: Bool { knowledge.commands.isEmpty && verbs.isEmpty }

    /// Whether an option of the program reads a file, and another one says in which way it is used.
    var hasReadingOptions: Bool {
        knowledge.options.contains { $0.types.contains(where: \.isRead) } && hasDecidingOptions
    }

    private var hasDecidingOptions: Bool {
        let tags = knowledge.decidingTags
        return knowledge.options.contains { $0.tags.contains(where: tags.contains) }
    }

    /// Whether any option of the program changes what it does.
    var hasActiveOptions: Bool {
        // Where all ways to use it only read, it does not matter which one it is.
        if !usagesOnlyRead, hasDecidingOptions { return true }
        return knowledge.options.contains { $0.types.contains(where: \.isActive) }
    }
}

extension OperandPattern {
    var types: [ValueType] { leading + trailing + [repeated].compactMap(\.self) }
}

extension KnownOption {
    /// What its values are.
    fileprivate var types: [ValueType] {
        switch value {
        case .none: []
        case .required(let type), .optional(let type), .rest(let type): [type]
        case .several(let types): types
        }
    }
}

extension ValueType {
    /// Whether it is neither a file nor an action.
    fileprivate var isInert: Bool {
        switch self {
        case .text, .number, .pattern, .name, .host, .port, .process: true
        default: false
        }
    }
}

extension ProgramKnowledge {
    /// The tags that any condition asks for.
    fileprivate var decidingTags: Set<Tag> {
        var tags: Set<Tag> = []
        func add(_ condition: Condition) {
            switch condition {
            case .tag(let tag), .value(of: let tag, matching: _): tags.insert(tag)
            case .not(let inner): add(inner)
            case .operands, .operand: return
            }
        }
        for usage in usages {
            for condition in usage.conditions { add(condition) }
            for condition in usage.effects.flatMap(\.conditions) { add(condition) }
            if usage.operands.types.contains(where: \.isActive) {
                tags.formUnion([Tag("recursive"), Tag("force"), Tag("all")])
            }
        }
        return tags
    }
}

extension InputUse {
    /// Whether what is read makes the program do something.
    fileprivate var isRun: Bool {
        switch self {
        case .ignored, .data, .dataWithoutFiles: false
        case .files, .code, .codeWithoutScript, .operands: true
        }
    }
}

extension Action {
    fileprivate var onlyReads: Bool {
        switch self {
        case .systemRead, .fileRead, .containerRead, .clusterRead, .cloudRead, .repositoryRead: true
        default: false
        }
    }
}
