public import ShellSyntax

/// What must hold for a usage or an effect.
public enum Condition: Hashable, Sendable {
    /// An option with this tag is there.
    case tag(Tag)
    /// An option with this tag has a value that matches; `*` is any text, and letters of both cases
    /// are the same, because programs take the names of their settings so.
    case value(of: Tag, matching: ShellText)
    /// The same of every value of such options, of which there is one at least.
    case allValues(of: Tag, matching: ShellText)
    /// There are at least so many operands.
    case operands(atLeast: Int)
    /// The operand in this place, counted from 1, matches, or any of them; `*` is any text.
    case operand(Int?, matching: ShellText)
    indirect case not(Condition)
}

/// One way in which a program is used.
///
/// An object, as the knowledge that has it.
public final class Usage: Hashable, Sendable {
    /// All of them must hold.
    public let conditions: [Condition]
    public let operands: OperandPattern
    public let effects: [Effect]
    public let input: InputUse
    public let runs: RunContext
    public let output: OutputShape
    /// Whether it does no more than reading.
    let onlyReads: Bool

    public init(
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
        onlyReads =
            !input.isRun && !operands.types.contains(where: \.isActive) && runs == .same
            && effects.allSatisfy { $0.action.onlyReads }
    }

    public static func == (left: Usage, right: Usage) -> Bool {
        left === right
            || left.conditions == right.conditions && left.operands == right.operands
                && left.effects == right.effects && left.input == right.input
                && left.runs == right.runs && left.output == right.output
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(conditions)
        hasher.combine(operands)
        hasher.combine(effects)
        hasher.combine(input)
        hasher.combine(runs)
        hasher.combine(output)
    }
}

/// What operands are, in their order: `READ... WRITE`.
public struct OperandPattern: Hashable, Sendable {
    public let leading: [ValueType]
    /// Any number between the leading and the trailing ones; nil where there can be none.
    public let repeated: ValueType?
    public let trailing: [ValueType]

    public init(leading: [ValueType], repeated: ValueType?, trailing: [ValueType]) {
        self.leading = leading
        self.repeated = repeated
        self.trailing = trailing
    }

    public static let none = OperandPattern(leading: [], repeated: nil, trailing: [])

    /// How many operands stand in front of a command with its own options at least; nil where there is
    /// none.
    var commandPlace: Int? {
        if let place = leading.firstIndex(of: .command) { return place }
        guard repeated == .command || repeated == .shell else { return nil }
        // Assignments before a command are any number.
        return leading.count(where: { $0 != .assignment })
    }
}

/// An action that a program does, and when.
public struct Effect: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(ShellText)
        /// The values of all operands and options of this type.
        case values(ValueType)
        case flag(Bool)
    }

    public struct Attribute: Hashable, Sendable {
        public let name: ActionAttribute
        public let value: Value

        public init(_ name: ActionAttribute, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    public let action: Action
    /// Those that are written out.
    ///
    /// The others that the action has are taken from values of the type
    /// with the same name, and flags from tags.
    public let attributes: [Attribute]
    /// All of them must hold.
    public let conditions: [Condition]

    public init(_ action: Action, attributes: [Attribute], conditions: [Condition]) {
        self.action = action
        self.attributes = attributes
        self.conditions = conditions
    }
}

/// What a program does with its standard input.
public enum InputUse: Hashable, Sendable {
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
public struct RunContext: Hashable, Sendable {
    public enum Identity: Hashable, Sendable {
        case same
        case root
        /// The value of this type; root where there is none.
        case value(ValueType)
    }

    public enum Location: Hashable, Sendable {
        case same
        /// Inside of what the value of this type names.
        case within(Place.Kind, ValueType)
    }

    public enum Directory: String, Hashable, Sendable, CaseIterable {
        case same
        /// The home of who it runs as; where there is none, the same.
        case home
        /// `/`
        case root
        /// One that nobody tells, or below another root.
        case elsewhere
    }

    public let identity: Identity
    public let location: Location
    public let directory: Directory
    /// Whether operands are added that the text does not tell.
    public let addsOperands: Bool

    public init(
        identity: Identity = .same,
        location: Location = .same,
        directory: Directory = .same,
        addsOperands: Bool = false
    ) {
        self.identity = identity
        self.location = location
        self.directory = directory
        self.addsOperands = addsOperands
    }

    public static let same = RunContext()

    /// Whether what runs finds other files than the line does.
    var isElsewhere: Bool { location != .same || directory == .elsewhere }
}

/// What a program prints, as far as a substitution wants to know.
public enum OutputShape: Hashable, Sendable {
    case unknown(UnknownText.Shape)
    /// What another host sends, whatever that is.
    case connection
    /// A name below this directory: what `mktemp` prints.
    case below(ShellText)
    /// Nothing at all.
    case nothing
    /// The operands, or paths below them: `find`.
    case belowOperands
    /// Names in the working directory or below it, one on a line: `ls`, `git ls-files`.
    case names
}
