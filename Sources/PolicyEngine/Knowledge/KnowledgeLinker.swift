import CommandAnalysis
import ShellSyntax
import StrictYAML

/// Completes programs that are like others, and checks that conditions and effects speak of what is
/// there.
struct KnowledgeLinker {
    let draft: KnowledgeDraft

    mutating func link() -> KnowledgeBase {
        for program in draft.definitions { _ = knowledge(of: program, depth: 0) }
        for program in draft.definitions { check(program, outer: Scope()) }
        return KnowledgeBase(
            programs: draft.programs.compactMapValues { program in
                guard case .done(let knowledge) = program.linking else { return nil }
                return knowledge
            },
            paths: draft.paths,
            variables: draft.variables,
            programDirectories: draft.directories
        )
    }

    // MARK: - Likeness

    /// Nil where a finding was added.
    private func knowledge(of program: ProgramDraft, depth: Int) -> ProgramKnowledge? {
        switch program.linking {
        case .done(let knowledge): return knowledge
        case .visiting:
            draft.findings.error(
                "\(program.names[0].quoted) is like itself, by way of others",
                at: program.like?.location ?? program.location
            )
            return nil
        case .unvisited: break
        }
        program.linking = .visiting
        let model = program.like.flatMap { self.model($0, depth: depth) }
        let commands = program.commands.compactMap { command in
            knowledge(of: command, depth: depth).map {
                Subcommand(names: command.names, knowledge: $0)
            }
        }
        let completed = ProgramKnowledge(
            style: style(of: program, model),
            options: options(program.options.map(\.value), over: model?.options ?? []),
            commands: self.commands(commands, over: model?.commands ?? []),
            usages: usages(of: program, model),
            reader: program.reader ?? model?.reader
        )
        program.linking = .done(completed)
        return completed
    }

    /// The program that another one is like.
    private func model(_ like: Located<[ShellText]>, depth: Int) -> ProgramKnowledge? {
        guard depth < KnowledgeLimits.likeDepth else {
            draft.findings.error(
                "exceeds the limit of \(KnowledgeLimits.likeDepth) programs that are like others",
                at: like.location
            )
            return nil
        }
        guard var program = draft.programs[like.value[0]] else {
            refuse(like, like.value[0], "program", draft.programs.keys)
            return nil
        }
        for name in like.value.dropFirst() {
            guard let command = program.commands.first(where: { $0.names.contains(name) }) else {
                let known = program.commands.flatMap(\.names)
                refuse(like, name, "subcommand of \(program.names[0].quoted)", known)
                return nil
            }
            program = command
        }
        return knowledge(of: program, depth: depth + 1)
    }

    private func refuse(
        _ like: Located<[ShellText]>,
        _ name: ShellText,
        _ what: String,
        _ known: some Sequence<ShellText>
    ) {
        let candidates = known.map(\.description).sorted()
        let guess = Suggestion.closest(to: name.description, among: candidates)
        let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
        draft.findings.error("`like`: there is no \(what) \(name.quoted)\(hint)", at: like.location)
    }

    private func style(of program: ProgramDraft, _ model: ProgramKnowledge?) -> OptionStyle {
        if let style = program.style ?? model?.style { return style }
        var outer = program.parent
        while let parent = outer {
            if let style = parent.style { return style }
            outer = parent.parent
        }
        return .gnu
    }

    private func options(_ own: [KnownOption], over model: [KnownOption]) -> [KnownOption] {
        guard !model.isEmpty else { return own }
        let spellings = Set(own.flatMap(\.spellings))
        return own
            + model.compactMap { option in
                let left = option.spellings.filter { !spellings.contains($0) }
                guard !left.isEmpty else { return nil }
                return KnownOption(
                    spellings: left,
                    value: option.value,
                    match: option.match,
                    tags: option.tags
                )
            }
    }

    private func commands(_ own: [Subcommand], over model: [Subcommand]) -> [Subcommand] {
        guard !model.isEmpty else { return own }
        let names = Set(own.flatMap(\.names))
        return own
            + model.compactMap { command in
                let left = command.names.filter { !names.contains($0) }
                return left.isEmpty ? nil : Subcommand(names: left, knowledge: command.knowledge)
            }
    }

    private func usages(of program: ProgramDraft, _ model: ProgramKnowledge?) -> [Usage] {
        let own = program.usages.map(\.usage)
        let usages = own.isEmpty ? model?.usages ?? [.harmless] : own
        var always = program.always
        var outer = program.parent
        while let parent = outer {
            always += parent.always
            outer = parent.parent
        }
        return always.isEmpty ? usages : usages.map { $0.adding(always) }
    }

    // MARK: - Conditions and effects

    /// What the options of a program and of those around it have.
    private struct Scope {
        var tags: Set<Tag> = []
        var types: Set<ValueType> = []
    }

    private func check(_ program: ProgramDraft, outer: Scope) {
        guard case .done(let knowledge) = program.linking else { return }
        var scope = outer
        for option in knowledge.options {
            scope.tags.formUnion(option.tags)
            scope.types.formUnion(option.value.types)
        }
        let style = knowledge.style
        if style == .none, let option = program.options.first {
            draft.findings.error("the style `none` has no options", at: option.location)
        }
        var allTypes = scope.types
        for usage in program.usages {
            let types = scope.types.union(usage.usage.operands.types)
            for mention in usage.mentions { check(mention, tags: scope.tags, types: types) }
            allTypes.formUnion(types)
        }
        for mention in program.mentions { check(mention, tags: scope.tags, types: allTypes) }
        for command in program.commands { check(command, outer: scope) }
    }

    private func check(_ mention: Mention, tags: Set<Tag>, types: Set<ValueType>) {
        switch mention.subject {
        case .tag(let tag):
            guard !tags.contains(tag), tag != .unattended else { return }
            let known = tags.map(\.name.description).sorted()
            let guess = Suggestion.closest(to: tag.name.description, among: known)
            let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
            draft.findings.error(
                "no option of the program has the tag \(tag.name.quoted)\(hint)",
                at: mention.location
            )
        case .type(let type):
            guard !types.contains(type) else { return }
            draft.findings.error(
                "no operand or option of the program is a `\(type.rawValue)`",
                at: mention.location
            )
        }
    }
}

extension KnownOption.Value {
    var types: [ValueType] {
        switch self {
        case .none: []
        case .required(let type), .optional(let type), .rest(let type): [type]
        case .several(let types): types
        }
    }
}

extension OperandPattern {
    var types: [ValueType] { leading + trailing + (repeated.map { [$0] } ?? []) }
}

extension Usage {
    /// What a program does of which nothing is said.
    fileprivate static let harmless = Usage(
        conditions: [],
        operands: .none,
        effects: [],
        input: .ignored,
        runs: .same,
        output: .unknown(.text)
    )

    /// The same with those of the effects that it does not have yet.
    fileprivate func adding(_ more: [Effect]) -> Usage {
        Usage(
            conditions: conditions,
            operands: operands,
            effects: effects + more.filter { !effects.contains($0) },
            input: input,
            runs: runs,
            output: output
        )
    }
}
