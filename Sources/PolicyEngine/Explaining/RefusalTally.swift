internal import CommandAnalysis
internal import PlainText
internal import ShellSyntax
internal import StrictYAML

/// What policies refuse, or would if they did not only observe, counted by rule, program and
/// principal.
package struct RefusalTally: CommandTally {
    /// LIMIT: Unicode scalars of a command line that is shown as an example.
    static let maximumShownScalars = 160
    /// LIMIT: values of one attribute that a suggested rule names.
    static let maximumValues = 8

    /// What is counted together.
    fileprivate struct Key: Hashable {
        let ruling: Ruling
        let isObserved: Bool
        /// The rules that hold with their places, or the action that none permits.
        let cause: String
        let program: String
        let principal: String
        let action: Action
    }

    /// All of one kind.
    fileprivate struct Group {
        var count = 0
        let example: String
        let rules: [RuleID]
        let undecidedRules: [RuleID]
        /// For each set of attributes that occurred, the values of each as patterns.
        var shapes: [[ActionAttribute]: [ActionAttribute: [String]]] = [:]
    }

    private let book: RuleBook
    private var groups: [Key: Group] = [:]
    private var commandCount = 0
    private var refusedCount = 0

    package init(by book: RuleBook) { self.book = book }

    /// Asks the policies once more about a command that was asked about.
    package mutating func add(_ asked: BookComparison.Asked) {
        commandCount += 1
        let decision = CheckedCommand(asked.commandLine, in: asked.situation, by: book).decision
        let observed = decision.observation
        let judged = observed?.judged ?? decision.judged
        let ruling = observed?.ruling ?? decision.ruling
        guard ruling != .permit else { return }
        refusedCount += 1
        var counted: Set<Key> = []
        for part in judged where part.ruling == ruling {
            let key = Key(
                ruling: ruling,
                isObserved: observed != nil,
                cause: Self.cause(of: part),
                program: part.action.context.program?.description ?? "",
                principal: "\(asked.situation.context.principal)",
                action: part.action.action
            )
            var group =
                groups[key]
                ?? Group(
                    example: String(decoding: asked.commandLine, as: UTF8.self)
                        .escapingControls(limit: Self.maximumShownScalars),
                    rules: part.rules,
                    undecidedRules: part.undecidedRules
                )
            if counted.insert(key).inserted { group.count += 1 }
            group.note(part.action)
            groups[key] = group
        }
    }

    private static func cause(of part: JudgedAction) -> String {
        if part.rules.isEmpty, part.undecidedRules.isEmpty { return "no rule" }
        let rules = part.rules.isEmpty ? part.undecidedRules : part.rules
        let word = part.rules.isEmpty ? "perhaps " : ""
        return word + rules.map { "`\($0.text.escapingControls())`" }.joined(separator: ", ")
    }

    /// The most frequent first, so that what is worth a rule stands on top.
    private var sorted: [(key: Key, value: Group)] {
        groups.sorted { left, right in
            (-left.value.count, left.key.cause, left.key.program, left.key.principal)
                < (-right.value.count, right.key.cause, right.key.program, right.key.principal)
        }
    }

    // MARK: Report

    /// A line for each group with an example below it, and a summary.
    package var reportLines: [String] {
        sorted.flatMap { key, group in
            [
                "\(group.count.counted("time")): \(Self.word(key)) by \(key.cause): "
                    + "`\(key.action.rawValue)` of \(Self.shown(key.program)) by \(key.principal)",
                "  such as: \(group.example)",
            ]
        } + ["\(commandCount.counted("command")), \(refusedCount) not permitted"]
    }

    private static func word(_ key: Key) -> String {
        switch (key.ruling, key.isObserved) {
        case (.review, true): "would need an approval"
        case (.review, false): "needs an approval"
        case (_, true): "would be denied"
        case (_, false): "denied"
        }
    }

    private static func shown(_ program: String) -> String {
        program.isEmpty ? "a program that is not known" : program.quoted
    }

    // MARK: Suggestions

    /// Whether a rule gives way to any other permit.
    private func isOtherwise(_ id: RuleID) -> Bool {
        book.policy.rules.contains { $0.id == id && $0.isOtherwise }
    }

    /// A policy file with a rule for each group that no rule is about, or only `otherwise`; what
    /// another rule refuses is a remark with the exception that it would need.
    ///
    /// Every one of them has to be looked at: what happened often need not be right.
    package var suggestedPolicy: [String] {
        var remarks: [String] = []
        var rules: [String] = []
        for (key, group) in sorted where key.action != .programUnknown {
            let head =
                "\(group.count.counted("time")) by \(key.principal), such as: \(group.example)"
            guard let condition = group.condition(program: key.program) else {
                remarks += ["# \(head)", "#   the text does not tell what it is about"]
                continue
            }
            guard group.undecidedRules.isEmpty, group.rules.allSatisfy(isOtherwise) else {
                remarks += ["# \(head)", "#   \(key.cause) would need: unless: \(condition)"]
                continue
            }
            rules += [
                "  # \(head)", "  - id: suggested-\(rules.count / 4 + 1)",
                "    permit: \(key.action.rawValue)", "    where: \(condition)",
            ]
        }
        guard !rules.isEmpty else { return remarks }
        return remarks + ["policy: 1", "name: suggested", "rules:"] + rules
    }
}

extension RefusalTally.Group {
    /// Keeps the values of an action, where all of them are known.
    mutating func note(_ action: ForeseenAction) {
        var known: [ActionAttribute: [String]] = [:]
        for attribute in action.attributes {
            let patterns: [String?]
            switch attribute.value {
            case .texts(let texts): patterns = texts.map(\.pattern)
            case .paths(let paths): patterns = paths.map(\.pattern)
            // What is switched on says nothing that a rule needs.
            case .flag: continue
            }
            guard !patterns.contains(nil) else { return }
            known[attribute.name] = patterns.compactMap(\.self)
        }
        let names = ActionAttribute.allCases.filter { known[$0] != nil }
        for name in names {
            var values = shapes[names]?[name] ?? []
            for pattern in known[name] ?? []
            where !values.contains(pattern) && values.count < RefusalTally.maximumValues {
                values.append(pattern)
            }
            shapes[names, default: [:]][name] = values
        }
        if names.isEmpty { shapes[[]] = [:] }
    }

    /// `{program: "cp", path: ["/srv/a"]}`; nil where no values are known.
    func condition(program: String) -> String? {
        var shapes = shapes.map { names, values in
            names.map { name in
                let list = (values[name] ?? []).map(\.inYAML).joined(separator: ", ")
                return "\(name.rawValue): [\(list)]"
            }.joined(separator: ", ")
        }
        if shapes.isEmpty { return nil }
        // Without values it is about every action of the program.
        if shapes.contains("") { shapes = [] }
        let program = program.isEmpty ? [] : ["program: \(program.patternText.inYAML)"]
        let values =
            shapes.count > 1
            ? ["any: [\(shapes.sorted().map { "{\($0)}" }.joined(separator: ", "))]"] : shapes
        let parts = program + values
        return parts.isEmpty ? "{certainty: certain}" : "{\(parts.joined(separator: ", "))}"
    }
}

extension AbstractText {
    /// The pattern that is this text; nil where not all of it is known.
    fileprivate var pattern: String? {
        literal.flatMap { $0.description.isEmpty ? nil : $0.description.patternText }
    }
}

extension AbstractPath {
    /// The pattern that is this path; nil where not all of it is known.
    fileprivate var pattern: String? {
        let beginning: String? =
            switch root {
            case .root: ""
            case .known(.start): "."
            case .known(.home(nil)): "~"
            case .known(.home), .unknown: nil
            }
        let names = components.map(\.literal)
        guard let beginning, levelsUp == 0, !names.contains(nil) else { return nil }
        let path = beginning + names.map { "/" + ($0?.description.patternText ?? "") }.joined()
        return path.isEmpty ? "/" : path
    }
}

extension String {
    /// A pattern in double quotes, as YAML reads it back; one that would name a set does not.
    fileprivate var inYAML: String {
        var writer = JSONWriter()
        writer.string(hasPrefix("$") ? "\\" + self : self)
        return String(decoding: writer.text, as: UTF8.self)
    }
}
