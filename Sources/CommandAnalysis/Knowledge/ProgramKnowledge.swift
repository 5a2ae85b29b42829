package import ShellSyntax

/// What is known of a program, or of a subcommand of one: how its arguments are read, what it runs
/// and what it does.
///
/// A value of a knowledge file; `docs/formats/knowledge.md` explains each part.
package struct ProgramKnowledge: Hashable, Sendable {
    package let style: OptionStyle
    package let options: [KnownOption]
    package let commands: [Subcommand]
    /// The first whose conditions hold is the one; the last of them has no condition.
    package let usages: [Usage]
    /// The part of the program's arguments that code reads, because no table can say it.
    package let reader: ArgumentReader?

    package init(
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
    }
}

/// A subcommand under all its names.
package struct Subcommand: Hashable, Sendable {
    /// A name may have `*` in it, for any text: `describe-*`.
    package let names: [ShellText]
    package let knowledge: ProgramKnowledge

    package init(names: [ShellText], knowledge: ProgramKnowledge) {
        self.names = names
        self.knowledge = knowledge
    }
}

/// How a program reads options.
package enum OptionStyle: String, Hashable, Sendable, CaseIterable {
    /// `getopt_long` of the C library: options anywhere, long ones abbreviated, short ones bundled.
    case gnu
    /// The same, but the first operand ends the options.
    case posix
    /// Options anywhere, short ones bundled, nothing abbreviated: cobra, clap, and hand-written ones.
    case plain
    /// Long names behind one dash, `-name value` or `-name=value`; the first operand ends them.
    case dash
    /// The same, with options anywhere.
    case dashAnywhere = "dash-anywhere"
    /// Nothing is an option.
    case none
}

/// One option under all its spellings.
package struct KnownOption: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case none
        /// Attached or the next argument.
        case required(ValueType)
        /// Attached only: `--color=when`, `-i.bak`.
        case optional(ValueType)
        /// So many next arguments, at least two: `--arg NAME TEXT` of `jq`.
        case several([ValueType])
        /// All that follows: `-x COMMAND...` of `fd`.
        case rest(ValueType)
    }

    /// With which value the option is this one, ASCII letters of either case.
    package enum Match: Hashable, Sendable {
        case whole(ShellText)
        /// The value is then what stands behind it: `-o ProxyCommand=SHELL` of `ssh`.
        case prefix(ShellText)
    }

    /// With their dashes: `-r`, `--recursive`, `-delete`.
    ///
    /// `-` and `+` alone, of an option that has a value, are every argument that begins so and is no
    /// other option: `-SIGNAL` of `kill`, `+EDITOR` of `vim`.
    package let spellings: [ShellText]
    package let value: Value
    /// Nil for every value that no other option with this spelling matches.
    package let match: Match?
    package let tags: [Tag]

    package init(spellings: [ShellText], value: Value, match: Match?, tags: [Tag]) {
        self.spellings = spellings
        self.value = value
        self.match = match
        self.tags = tags
    }
}

/// A word by which the conditions of one program speak of its options.
///
/// Some mean the same everywhere: `help` and `simulate` make the program harmless, `last` ends the
/// options, and one that is the name of a flag attribute (`recursive`, `force`, `all`) sets that.
package struct Tag: Hashable, Sendable {
    package let name: ShellText

    package init(_ name: ShellText) { self.name = name }

    package static let help = Tag("help")
    package static let simulate = Tag("simulate")
    package static let last = Tag("last")
    /// The operands that are added come from a file rather than from standard input.
    package static let operandsOfFile = Tag("operands-of-file")
    /// What is added is not divided at blanks.
    package static let wholeNames = Tag("whole-names")
}

/// What must hold for a usage or an effect.
package enum Condition: Hashable, Sendable {
    /// An option with this tag is there.
    case tag(Tag)
    /// An option with this tag has a value that matches; `*` is any text, and letters of both cases
    /// are the same, because programs take the names of their settings so.
    case value(of: Tag, matching: ShellText)
    /// There are at least so many operands.
    case operands(atLeast: Int)
    /// The operand in this place, counted from 1, matches, or any of them; `*` is any text.
    case operand(Int?, matching: ShellText)
    indirect case not(Condition)
}

/// One way in which a program is used.
package struct Usage: Hashable, Sendable {
    /// All of them must hold.
    package let conditions: [Condition]
    package let operands: OperandPattern
    package let effects: [Effect]
    package let input: InputUse
    package let runs: RunContext
    package let output: OutputShape

    package init(
        conditions: [Condition],
        operands: OperandPattern,
        effects: [Effect],
        input: InputUse,
        runs: RunContext,
        output: OutputShape
    ) {
        self.conditions = conditions
        self.operands = operands
        self.effects = effects
        self.input = input
        self.runs = runs
        self.output = output
    }
}

/// What operands are, in their order: `READ... WRITE`.
package struct OperandPattern: Hashable, Sendable {
    package let leading: [ValueType]
    /// Any number between the leading and the trailing ones; nil where there can be none.
    package let repeated: ValueType?
    package let trailing: [ValueType]

    package init(leading: [ValueType], repeated: ValueType?, trailing: [ValueType]) {
        self.leading = leading
        self.repeated = repeated
        self.trailing = trailing
    }

    package static let none = OperandPattern(leading: [], repeated: nil, trailing: [])
}

/// An action that a program does, and when.
package struct Effect: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case text(ShellText)
        /// The values of all operands and options of this type.
        case values(ValueType)
        case flag(Bool)
    }

    package struct Attribute: Hashable, Sendable {
        package let name: ActionAttribute
        package let value: Value

        package init(_ name: ActionAttribute, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    package let action: Action
    /// Those that are written out.
    ///
    /// The others that the action has are taken from values of the type
    /// with the same name, and flags from tags.
    package let attributes: [Attribute]
    /// All of them must hold.
    package let conditions: [Condition]

    package init(_ action: Action, attributes: [Attribute], conditions: [Condition]) {
        self.action = action
        self.attributes = attributes
        self.conditions = conditions
    }
}

/// What a program does with its standard input.
package enum InputUse: Hashable, Sendable {
    case ignored
    /// Reads it, and nothing in it is a command to anybody.
    case data
    /// Reads it where no file is named, or where one of them is `-`.
    case dataWithoutFiles
    /// Writes the files that it reads of: an archive, a patch.
    ///
    /// From the client that is as good as code, for nobody sees which files these are.
    case files
    /// Runs what it reads, which is written in this language; nil where that is not known.
    case code(ValueType?)
    /// The same, where neither an option nor an operand has the code.
    case codeWithoutScript(ValueType?)
    /// A place to sit down at: code, and somebody was to be there even where nothing is read.
    case console(ValueType?)
    /// The same, where neither an option nor an operand has the code.
    case consoleWithoutScript(ValueType?)
    /// What it reads becomes operands of the command that it runs.
    case operands
}

/// In which circumstances a program runs another one.
package struct RunContext: Hashable, Sendable {
    package enum Identity: Hashable, Sendable {
        case same
        case root
        /// The value of this type; root where there is none.
        case value(ValueType)
    }

    package enum Location: Hashable, Sendable {
        case same
        /// Inside of what the value of this type names.
        case within(Place.Kind, ValueType)
    }

    package let identity: Identity
    package let location: Location
    /// Whether operands are added that the text does not tell.
    package let addsOperands: Bool

    package init(identity: Identity, location: Location, addsOperands: Bool) {
        self.identity = identity
        self.location = location
        self.addsOperands = addsOperands
    }

    package static let same = RunContext(identity: .same, location: .same, addsOperands: false)
}

/// What a program prints, as far as a substitution wants to know.
package enum OutputShape: Hashable, Sendable {
    case unknown(UnknownText.Shape)
    /// A name below this directory: what `mktemp` prints.
    case below(ShellText)
    /// Nothing at all.
    case nothing
    /// The operands, or paths below them: `find`, `ls`.
    case belowOperands
}

/// What reads arguments that no table can describe.
package enum ArgumentReader: String, Hashable, Sendable, CaseIterable {
    case find, xargs, parallel, env, sudo, dd, tar, sed, git, curl, test, ps, ip
}
