public import ShellSyntax

/// What is known of a program, or of a subcommand of one: how its arguments are read, what it runs
/// and what it does.
///
/// A value of a knowledge file; `docs/formats/knowledge.md` explains each part. An object, because each
/// program that runs is asked for its knowledge many times, and never changes it.
public final class ProgramKnowledge: Hashable, Sendable {
    public let style: OptionStyle
    public let options: [KnownOption]
    public let commands: [Subcommand]
    /// The first whose conditions hold is the one; the last of them has no condition.
    public let usages: [Usage]
    /// The part of the program's arguments that code reads, because no table can say it.
    public let reader: ArgumentReader?
    /// The options by each of their spellings, in their order.
    let optionsBySpelling: NameTable<[KnownOption]>
    /// Whether an option begins with `+`.
    let hasPlus: Bool
    /// Whether an option has a name of several letters behind one dash.
    let hasNames: Bool
    /// What every argument is that begins with a dash and is no other option.
    let dashOption: KnownOption?
    /// The subcommands by each of their names.
    let commandsByName: NameTable<ProgramKnowledge>
    /// How many operands stand in front of a command with its own options at least; nil where no usage
    /// takes one.
    let commandPlace: Int?
    /// Those with names that have `*` in them.
    let commandsByPattern: [Subcommand]
    /// Whether any option of the program changes what it does.
    let hasActiveOptions: Bool
    /// Whether the program does no more than reading, with whatever operands it is given.
    let onlyReads: Bool
    /// Whether an option of the program reads a file, and another one says in which way it is used.
    let hasReadingOptions: Bool
    /// Whether no arguments at all make it more than look, and none of them is a file.
    let isInert: Bool

    public init(
        style: OptionStyle,
        options: [KnownOption],
        commands: [Subcommand],
        usages: [Usage],
        reader: ArgumentReader?
    ) {
        self.style = style
        self.options = options
        self.commands = commands
        self.usages = usages
        self.reader = reader
        var spellings: [ShellText: [KnownOption]] = [:]
        for option in options {
            for spelling in Set(option.spellings) {
                spellings[spelling, default: []].append(option)
            }
        }
        optionsBySpelling = NameTable(spellings)
        hasPlus = spellings.keys.contains { $0.utf8.first == UInt8(ascii: "+") }
        hasNames = spellings.keys.contains {
            $0.utf8.count > 2 && $0.utf8.dropFirst().first != UInt8(ascii: "-")
        }
        dashOption = spellings["-"]?.first
        var names: [ShellText: ProgramKnowledge] = [:]
        for command in commands {
            for name in command.names where names[name] == nil { names[name] = command.knowledge }
        }
        commandsByName = NameTable(names)
        commandsByPattern = commands.filter { command in
            command.names.contains { $0.utf8.contains(UInt8(ascii: "*")) }
        }
        commandPlace = usages.compactMap { $0.operands.commandPlace }.min()
        let types = options.types
        let decides = options.have(usages.decidingTags)
        let allRead = usages.allSatisfy(\.onlyReads)
        // Where all ways to use it only read, it does not matter which one it is.
        hasActiveOptions = types.contains(where: \.isActive) || decides && !allRead
        onlyReads = !hasActiveOptions && allRead
        hasReadingOptions = decides && types.contains(where: \.isRead)
        isInert =
            onlyReads && commands.isEmpty
            && (types + usages.flatMap(\.operands.types)).allSatisfy(\.isInert)
    }

    // All else follows from these.
    public static func == (left: ProgramKnowledge, right: ProgramKnowledge) -> Bool {
        left === right
            || left.style == right.style && left.options == right.options
                && left.commands == right.commands && left.usages == right.usages
                && left.reader == right.reader
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(style)
        hasher.combine(options)
        hasher.combine(commands)
        hasher.combine(usages)
        hasher.combine(reader)
    }
}

/// A subcommand under all its names.
public struct Subcommand: Hashable, Sendable {
    /// A name may have `*` in it, for any text: `describe-*`.
    public let names: [ShellText]
    public let knowledge: ProgramKnowledge

    public init(names: [ShellText], knowledge: ProgramKnowledge) {
        self.names = names
        self.knowledge = knowledge
    }
}

/// What reads arguments that no table can describe.
public enum ArgumentReader: String, Hashable, Sendable, CaseIterable {
    case find, xargs, parallel, env, sudo, dd, tar, sed, git, curl, test, ps, ip, socat, sql,
        bpftrace, nginx
}
