import CommandAnalysis
import ShellSyntax
import StrictYAML

/// What the files say, before programs that are like others are completed.
final class KnowledgeDraft {
    let findings: Findings
    /// Every program by each of its names.
    private(set) var programs: [ShellText: ProgramDraft] = [:]
    /// In the order of the files, each once.
    private(set) var definitions: [ProgramDraft] = []
    private(set) var paths: [PathClass: [PathPattern]] = [:]
    private(set) var variables: [VariablePattern] = []
    private(set) var directories: [PathPattern] = []

    private var nameLocations: [ShellText: SourceLocation] = [:]
    private var pathLocations: [PathUse: SourceLocation] = [:]
    private var directoryLocations: [PathPattern: SourceLocation] = [:]
    private var variableLocations: [VariableUse: SourceLocation] = [:]

    /// A path as readers or writers see it.
    private struct PathUse: Hashable {
        let pattern: PathPattern
        let isRead: Bool
    }

    /// A variable as one program reads it; nil is every program.
    private struct VariableUse: Hashable {
        let name: ShellText
        let program: ShellText?
    }

    init(findings: Findings) { self.findings = findings }

    func add(_ program: ProgramDraft) {
        definitions.append(program)
        for name in program.names {
            guard nameLocations.count < KnowledgeLimits.programs else {
                findings.error(
                    "knowledge exceeds the limit of \(KnowledgeLimits.programs) programs",
                    at: program.location
                )
                return
            }
            if isFirst(name, in: &nameLocations, "program \(name.quoted)", program.location) {
                programs[name] = program
            }
        }
    }

    func add(
        _ pattern: PathPattern,
        _ written: String,
        to pathClass: PathClass,
        at field: YAMLField
    ) {
        guard paths.values.reduce(0, { $0 + $1.count }) < KnowledgeLimits.paths else {
            field.refuse("exceeds the limit of \(KnowledgeLimits.paths) paths")
            return
        }
        for isRead in pathClass.uses {
            let use = PathUse(pattern: pattern, isRead: isRead)
            let what = "path \(written.quoted)"
            guard isFirst(use, in: &pathLocations, what, field.location) else { return }
        }
        paths[pathClass, default: []].append(pattern)
    }

    func addDirectory(_ pattern: PathPattern, _ written: String, at location: SourceLocation) {
        if isFirst(pattern, in: &directoryLocations, "directory \(written.quoted)", location) {
            directories.append(pattern)
        }
    }

    func add(_ variable: VariablePattern, at field: YAMLField) {
        guard variables.count < KnowledgeLimits.variables else {
            field.refuse("exceeds the limit of \(KnowledgeLimits.variables) variables")
            return
        }
        variables.append(variable)
        let programs: [ShellText?] = variable.programs ?? [nil]
        for program in programs {
            let use = VariableUse(name: variable.name, program: program)
            let suffix = program.map { " of \($0.quoted)" } ?? ""
            _ = isFirst(
                use,
                in: &variableLocations,
                "variable \(variable.name.quoted)\(suffix)",
                field.location
            )
        }
    }

    /// Whether this is not defined yet; otherwise a finding names both places.
    private func isFirst<Key: Hashable>(
        _ key: Key,
        in locations: inout [Key: SourceLocation],
        _ what: String,
        _ location: SourceLocation
    ) -> Bool {
        if let first = locations[key] {
            findings.error("duplicate \(what), first at \(first)", at: location)
            return false
        }
        locations[key] = location
        return true
    }
}

/// A program or a subcommand as one entry of a file says it.
///
/// A class, because others that are like it refer to it.
final class ProgramDraft {
    let names: [ShellText]
    let location: SourceLocation
    /// The program that this is a subcommand of.
    unowned let parent: ProgramDraft?
    var style: OptionStyle?
    var options: [OptionDraft] = []
    var commands: [ProgramDraft] = []
    /// Empty where no key of a usage is there.
    var usages: [UsageDraft] = []
    /// Effects in all usages, and in those of subcommands.
    var always: [Effect] = []
    /// In effects that hold for several usages.
    var mentions: [Mention] = []
    var reader: ArgumentReader?
    /// The names on the way to what this is like.
    var like: Located<[ShellText]>?

    /// What has become of it once others were looked at.
    var linking = Linking.unvisited

    enum Linking {
        case unvisited, visiting
        case done(ProgramKnowledge)
    }

    init(names: [ShellText], location: SourceLocation, parent: ProgramDraft?) {
        self.names = names
        self.location = location
        self.parent = parent
    }
}

extension PathClass {
    /// Whether it says something of reading, of writing, or of both.
    fileprivate var uses: [Bool] {
        switch self {
        case .secret: [true]
        case .guard, .audit, .device, .kernel, .schedule, .power: [false]
        case .nothing, .ordinary: [true, false]
        case .settings, .number, .build: []
        }
    }
}

/// An option and where it was written.
typealias OptionDraft = Located<KnownOption>

/// A usage, and what in it must fit the options of its program.
struct UsageDraft {
    let usage: Usage
    /// Whether the file gives it conditions, readable ones or not.
    let isConditional: Bool
    let mentions: [Mention]
}

/// A tag or a type that a condition or an effect speaks of.
struct Mention: Hashable {
    enum Subject: Hashable {
        case tag(Tag)
        case type(ValueType)
    }

    let subject: Subject
    let location: SourceLocation
}

extension ShellText {
    /// As messages show it.
    var quoted: String { description.quoted }
}
