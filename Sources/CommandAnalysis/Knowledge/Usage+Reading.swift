internal import ShellSyntax

// What can be told of a program from its knowledge, before anybody gives it an argument.

extension [KnownOption] {
    /// What their values are.
    var types: [ValueType] {
        flatMap { option -> [ValueType] in
            switch option.value {
            case .none: []
            case .required(let type), .optional(let type), .rest(let type): [type]
            case .several(let types): types
            }
        }
    }

    /// Whether any of them has one of these tags.
    func have(_ tags: Set<Tag>) -> Bool { contains { $0.tags.contains(where: tags.contains) } }
}

extension [Usage] {
    /// The tags that any condition asks for.
    var decidingTags: Set<Tag> {
        var tags: Set<Tag> = []
        func add(_ condition: Condition) {
            switch condition {
            case .tag(let tag), .value(of: let tag, matching: _),
                .allValues(of: let tag, matching: _):
                tags.insert(tag)
            case .not(let inner): add(inner)
            case .operands, .operand: return
            }
        }
        for usage in self {
            for condition in usage.conditions { add(condition) }
            for condition in usage.effects.flatMap(\.conditions) { add(condition) }
            if usage.operands.types.contains(where: \.isActive) {
                tags.formUnion([Tag("recursive"), Tag("force"), Tag("all")])
            }
        }
        return tags
    }
}

extension OperandPattern {
    var types: [ValueType] { leading + trailing + [repeated].compactMap(\.self) }
}

extension InputUse {
    /// Whether what is read makes the program do something.
    var isRun: Bool {
        switch self {
        case .ignored, .data, .dataWithoutFiles: false
        case .files, .code, .codeWithoutScript, .console, .consoleWithoutScript, .operands: true
        }
    }
}

extension Action {
    /// Whether nothing is other afterwards, and nothing is said that is not open to everybody.
    var onlyReads: Bool {
        switch self {
        case .systemRead, .fileRead, .containerRead, .clusterRead, .cloudRead, .repositoryRead: true
        default: false
        }
    }
}

extension ValueType {
    /// Whether it is a file that is read.
    var isRead: Bool { self == .read || self == .readTree }

    /// Whether it is neither a file nor an action.
    var isInert: Bool {
        switch self {
        case .text, .number, .pattern, .name, .host, .port, .process: true
        default: false
        }
    }
}
