import ShellSyntax

/// One program at work: its values by type, and what became of it.
struct Performance: ~Copyable {
    let parsed: ParsedArguments
    let usage: Usage
    let program: ShellText
    let range: SourceRange
    /// All that the program is given.
    var arguments: [Argument] { Array(call.arguments.dropFirst()) }
    private let call: Call
    /// Values of options, then operands, each with its type.
    var values: [ParsedArguments.TypedValue]
    /// A program with its arguments, or a text, that is run.
    var command: (type: ValueType, arguments: [Argument])?
    var isUncertain: Bool { !unknown.isEmpty }
    /// The arguments that make it uncertain.
    let unknown: [AbstractText]
    /// Where it is started, whatever directory it goes to then.
    var startDirectories: [AbstractPath] = []
    var didAnything = false
    /// Whether an operand `-` is standard input.
    var readsInput = false
    /// Whether it is the value of an option that is.
    var readsOption = false
    /// What a text for a shell gets as `$0`, `$1` and so on.
    let parameters: [Argument]
    /// Whether the script is standard input.
    var readsScript = false
    /// Whether an operand or an option has the code that is otherwise read from standard input.
    var hasCode = false
    var printed: AbstractText?

    init(
        _ parsed: consuming ParsedArguments,
        _ usage: Usage,
        _ program: ShellText,
        _ call: Call
    ) {
        self.usage = usage
        self.program = program
        range = call.range
        self.call = call
        var unknown = parsed.unknown
        if let option = parsed.possibleOption, parsed.knowledge.hasActiveOptions {
            unknown.append(option)
        }
        if let value = parsed.unclearValue, !parsed.verbs.isEmpty || !parsed.knowledge.isInert {
            unknown.append(value)
        }
        var binding = OperandBinding(usage.operands, parsed.operands, behind: parsed.values)
        binding.bind()
        let ofOptions = parsed.values.count
        if let extra = binding.extra, !(extra.hasUnknown && parsed.knowledge.onlyReads) {
            unknown.append(extra)
        }
        var values = binding.values
        if let option = parsed.possibleOption ?? parsed.unclearValue,
            parsed.knowledge.hasReadingOptions
        {
            // `wc "$x"`: the option may be `--files0-from=F`.
            values.append(.init(type: .read, value: option))
        }
        if parsed.mayBeOtherwise, usage.operands.types.contains(where: \.isRead) {
            // `grep "$x" f`: with `-e…` in it, the pattern is a file.
            values += binding.values.dropFirst(ofOptions).filter { $0.type == .pattern }
                .map { .init(type: .read, value: $0.value) }
        }
        self.values = values
        self.unknown = unknown
        command = parsed.rest ?? binding.command
        parameters = binding.parameters ?? parsed.operands
        self.parsed = parsed
    }

    func values(of type: ValueType) -> [AbstractText] {
        // Mostly there are none, and nothing is copied to find that out.
        guard let first = values.firstIndex(where: { $0.type == type }) else { return [] }
        var found = [values[first].value]
        for index in values.indices.dropFirst(first + 1) where values[index].type == type {
            found.append(values[index].value)
        }
        return found
    }
}

/// Gives operands the types of a pattern.
private struct OperandBinding {
    private let pattern: OperandPattern
    private let operands: [Argument]
    /// Those of options, then those of operands.
    private(set) var values: [ParsedArguments.TypedValue]
    private(set) var command: (type: ValueType, arguments: [Argument])?
    /// What stands behind a text for a shell: its `$0`, `$1` and so on.
    private(set) var parameters: [Argument]?
    /// The first operand that the pattern has no place for.
    private(set) var extra: AbstractText?

    init(
        _ pattern: OperandPattern,
        _ operands: [Argument],
        behind values: [ParsedArguments.TypedValue]
    ) {
        self.pattern = pattern
        self.operands = operands
        self.values = values
        self.values.reserveCapacity(values.count + operands.count)
    }

    mutating func bind() {
        var rest = operands[...]
        for type in pattern.leading {
            if type == .assignment {
                while let text = rest.first?.assignment {
                    values.append(.init(type: .assignment, value: text))
                    rest.removeFirst()
                }
                continue
            }
            guard let operand = rest.first else { return }
            if type == .command {
                command = (type, Array(rest.withoutEndOfOptions))
                return
            }
            values.append(.init(type: type, value: operand.text))
            if type == .shell { parameters = Array(rest.dropFirst()) }
            // Any number of them may be all that follows as well.
            if case .any = operand { extra = operand.text } else { rest.removeFirst() }
        }
        if rest.isEmpty { return }
        guard let repeated = pattern.repeated else {
            bindTrailing(rest)
            return
        }
        if repeated.takesAll {
            command = (repeated, Array(rest.withoutEndOfOptions))
            return
        }
        // A pattern such as `DEVICE... TEXT` must not make text of the only device.
        if rest.count <= pattern.trailing.count, repeated.isActive,
            !pattern.trailing.contains(where: \.isActive), let first = rest.first
        {
            values.append(.init(type: repeated, value: first.text))
        }
        let count = min(pattern.trailing.count, rest.count)
        for operand in rest.dropLast(count) {
            values.append(.init(type: repeated, value: operand.text))
        }
        bindTrailing(rest.suffix(count))
    }

    private mutating func bindTrailing(_ operands: ArraySlice<Argument>) {
        var rest = operands
        for type in pattern.trailing {
            guard let operand = rest.popFirst() else { return }
            values.append(.init(type: type, value: operand.text))
        }
        if let first = rest.first { extra = first.text }
    }
}

extension ValueType {
    /// Whether all that follows belongs to it.
    fileprivate var takesAll: Bool { self == .command || self == .shell }

    /// Whether a value of it is an action, or runs something.
    var isActive: Bool {
        switch self {
        case .text, .number, .pattern, .secret, .read, .readTree, .readList, .backup,
            .backupList, .look, .readDevice, .path,
            .directory,
            .verb, .mode, .owner, .unit, .signal, .process, .package, .account, .group, .host,
            .port, .url, .method, .object, .database, .container, .image, .volume, .namespace,
            .resource, .name, .branch, .remote, .schedule, .module, .variable, .jq:
            false
        case .write, .edit, .editList, .writeInto, .writePrefix, .delete, .deleteTree, .permission,
            .device,
            .secretFile, .code, .command, .shell, .words, .allWords, .program, .script, .library,
            .assignment,
            .sql, .awk,
            .sed, .python, .perl, .ruby, .node, .php, .lua, .redis, .mongo, .nft, .editor,
            .remoteRead, .remoteWrite, .remoteMirror:
            true
        }
    }
}

extension ArraySlice<Argument> {
    /// Without `--` before a command, which is no program.
    fileprivate var withoutEndOfOptions: Self {
        count > 1 && first?.literal == "--" ? dropFirst() : self
    }
}

extension Argument {
    /// The argument, where it is `NAME=VALUE`.
    fileprivate var assignment: AbstractText? {
        guard case .one(let text) = self, text.knownPrefix.variableName != nil,
            text.knownPrefix.utf8.contains(UInt8(ascii: "="))
        else { return nil }
        return text
    }
}
