public import ShellSyntax

/// All that is known of programs, paths and variables.
///
/// An object, because whoever walks a command line hands it down all the time.
public final class KnowledgeBase: Hashable, Sendable {
    /// By base name, or by absolute path where the file says so.
    public let programs: [ShellText: ProgramKnowledge]
    public let paths: [PathClass: [PathPattern]]
    /// Variables of the environment that make programs do more than they seem to.
    public let variables: [VariablePattern]
    /// Directories whose programs are those that the knowledge is of.
    public let programDirectories: [PathPattern]
    /// The patterns of classes that count for reading, the most specific first.
    let readClasses: ClassifiedPatterns
    /// Those that count for anything else.
    let writeClasses: ClassifiedPatterns
    let settings: PathPatternList
    let numbers: PathPatternList
    let builds: PathPatternList
    let directories: PathPatternList
    let variableIndex: VariableIndex
    /// The programs, for whoever asks for one by name.
    private let programTable: NameTable<ProgramKnowledge>
    /// What is said of `/dev/null`, of which more is asked than of any other path.
    let isNullNothing: Bool

    static let null = AbstractPath(root: .root, components: ["dev", "null"])

    public init(
        programs: [ShellText: ProgramKnowledge],
        paths: [PathClass: [PathPattern]],
        variables: [VariablePattern],
        programDirectories: [PathPattern]
    ) {
        self.programs = programs
        programTable = NameTable(programs.lazy.map { (key: $0.key, value: $0.value) })
        self.paths = paths
        self.variables = variables
        self.programDirectories = programDirectories
        // In the order of the classes, where patterns say as much.
        let all = PathClass.allCases.flatMap { kind in
            (paths[kind] ?? []).map { ClassifiedPattern(pattern: $0, kind: kind) }
        }.sorted { $0.pattern.specificity > $1.pattern.specificity }
        readClasses = ClassifiedPatterns(
            all.filter { [.secret, .nothing, .ordinary].contains($0.kind) }
        )
        writeClasses = ClassifiedPatterns(
            all.filter { ![.secret, .settings, .number, .build].contains($0.kind) }
        )
        settings = PathPatternList(paths[.settings] ?? [])
        numbers = PathPatternList(paths[.number] ?? [])
        builds = PathPatternList(paths[.build] ?? [])
        directories = PathPatternList(programDirectories)
        variableIndex = VariableIndex(variables)
        isNullNothing = writeClasses.isNothing(Self.null)
    }

    func program(named name: ShellText) -> ProgramKnowledge? { programTable[name] }

    // All else follows from these.
    public static func == (left: KnowledgeBase, right: KnowledgeBase) -> Bool {
        left === right
            || left.programs == right.programs && left.paths == right.paths
                && left.variables == right.variables
                && left.programDirectories == right.programDirectories
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(programs)
        hasher.combine(paths)
        hasher.combine(variables)
        hasher.combine(programDirectories)
    }
}

/// What a path is by itself, whoever touches it: then one action is another one too.
///
/// Of `secret` and the last two for reading, and of all but `secret` for writing and deleting, the
/// most specific pattern counts.
public enum PathClass: String, Hashable, Sendable, CaseIterable {
    /// Written or deleted: `guard.escape`.
    case `guard`
    /// Written, deleted or emptied: `audit.tamper`.
    case audit
    /// Read: `secret.read`.
    case secret
    /// Written: `device.write`.
    case device
    /// Written: `kernel.change`.
    case kernel
    /// Written: `schedule.change`.
    case schedule
    /// Written: `host.power`.
    case power
    /// Neither reading nor writing does anything: `/dev/null`.
    case nothing
    /// Nothing but a file, in spite of a wider pattern: `/dev/shm/**`.
    case ordinary
    /// A shell that reads it sets variables, and does nothing else: `/etc/os-release`.
    case settings
    /// A number stands in it, and nothing else: `/run/nginx.pid`.
    case number
    /// What builds and tests a project does what it says: `Makefile`.
    case build
}

/// A variable that makes programs run code, and what is its value to them.
public struct VariablePattern: Hashable, Sendable {
    /// With `*` for any text: `GIT_*`.
    public let name: ShellText
    /// `SHELL`, `WORDS`, `PROGRAM`, `LIBRARY`, `SCRIPT`, `CODE`.
    public let value: ValueType
    /// Programs that read it; nil where nearly every program does.
    public let programs: [ShellText]?
    /// Programs that do not, of all that there are.
    public let besides: [ShellText]

    public init(
        name: ShellText,
        value: ValueType,
        programs: [ShellText]?,
        besides: [ShellText] = []
    ) {
        self.name = name
        self.value = value
        self.programs = programs
        self.besides = besides
    }

    /// Whether it matters to some programs and not to others.
    var isOfSome: Bool { programs != nil || !besides.isEmpty }

    func matters(to program: ShellText) -> Bool {
        programs?.contains(program) ?? !besides.contains(program)
    }
}
