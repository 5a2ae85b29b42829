public import ShellSyntax

/// What a shell remembers from one command to the next, as far as it is known.
///
/// A value: a branch works on a copy, and a guarded shell keeps it from line to line.
public struct ShellState: Hashable, Sendable {
    /// A variable that is not here is one of the environment, or none.
    public var variables: [ShellText: Variable] = [:]
    /// False once a variable was set whose name is not known: then none here counts.
    public var areVariablesKnown = true
    public var positional = PositionalParameters.known([])
    /// Options that change how text is read.
    public var options: ShellOptions
    /// Whether `options` and `aliases` are those that hold.
    public var areSettingsCertain = true
    public var flags = Flags()
    /// Where the shell may be, the likeliest first; at least one.
    public var directories: [AbstractPath] {
        didSet { isDirectoryUnset = false }
    }
    /// Whether the directory is what a variable says that nothing on the line sets.
    public var isDirectoryUnset = false
    /// Where it would be if the last `cd` failed; empty unless that counts.
    public var directoriesOnFailure: [AbstractPath] = []
    public var files = FileTable()
    /// What is left of standard input, where a command took some of it, or `exec` moved it.
    public var input: Stream?
    /// False once `exec` moved standard output or what goes there.
    public var isOutputKnown = true
    /// Whether the last job in the background runs as somebody else, or somewhere else.
    public var isLastJobForeign = false
    /// `$_`.
    public var lastArgument: AbstractText?
    /// Whether names lead to other programs than usual: PATH, `enable`, `BASH_CMDS`.
    public var areProgramsKnown = true
    /// How surely it comes to what stands next.
    var progress = ShellProgress()
    var definitions = Shared(Definitions())

    /// Options of `set` and `shopt` that change what words become.
    public struct Flags: Hashable, Sendable {
        /// `set -f`.
        public var noGlob = false
        /// `set -e`.
        public var exitsOnError = false
        /// `set -C`, or that may be.
        public var keepsFiles = false
        /// `set -r`, `rbash`, or that may be: no `cd`, and nothing is written.
        public var isRestricted = false
        /// `set -k`, or that may be: words behind a command are assignments too.
        public var takesKeywords = false
        /// `set -a`.
        public var exportsAll = false
        /// `shopt -s lastpipe`, or that may be.
        public var lastPipe = false
        /// `shopt -s nocasematch`, or that may be.
        public var ignoresCase = false
        /// `shopt -s localvar_inherit`, or that may be.
        public var inheritsLocals = false
        /// `set -E`, `set -T`: traps hold in subshells and functions too.
        public var inheritsTraps = false
    }

    public init(_ dialect: Dialect, directory: AbstractPath = AbstractPath(root: .known(.start))) {
        options = ShellOptions(dialect)
        directories = [directory]
    }
}

/// The text of a `trap`, and where that stands.
public struct Trap: Hashable, Sendable {
    public let text: AbstractText
    public let range: SourceRange
}

/// A function: its body, and a number that tells it from any other of its name.
public struct ShellFunction: Hashable, Sendable {
    public let definition: FunctionDefinition
    public let origin: TextOrigin
    public let number: Int
    /// Whether an earlier line defined it: no place in this one is its own.
    public var isOfEarlierLine = false

    init(definition: FunctionDefinition, origin: TextOrigin, number: Int) {
        self.definition = definition
        self.origin = origin
        self.number = number
    }

    // A tree is compared by its number: comparing all of it takes long.
    public static func == (left: ShellFunction, right: ShellFunction) -> Bool {
        left.number == right.number
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension ShellState {
    /// Gives up everything that text nobody can read may have changed.
    mutating func forgetAll() {
        areVariablesKnown = false
        variables = [:]
        positional = .unknown(.notComputed)
        areSettingsCertain = false
        areProgramsKnown = false
        directories = [.unknown]
        directoriesOnFailure = []
        previousDirectory = nil
    }
}
