package import ShellSyntax

/// What a shell remembers from one command to the next, as far as it is known.
///
/// A value: a branch works on a copy, and a guarded shell keeps it from line to line.
package struct ShellState: Hashable, Sendable {
    /// A variable that is not here is one of the environment, or none.
    package var variables: [ShellText: Variable] = [:]
    /// False once a variable was set whose name is not known: then none here counts.
    package var areVariablesKnown = true
    package var positional = PositionalParameters.known([])
    /// Options that change how text is read.
    package var options: ShellOptions
    /// Whether `options` and `aliases` are those that hold.
    package var areSettingsCertain = true
    package var flags = Flags()
    /// Where the shell may be, the likeliest first; at least one.
    package var directories: [AbstractPath] {
        didSet { isDirectoryUnset = false }
    }
    /// Whether the directory is what a variable says that nothing on the line sets.
    package var isDirectoryUnset = false
    /// Where it would be if the last `cd` failed; empty unless that counts.
    package var directoriesOnFailure: [AbstractPath] = []
    package var files = FileTable()
    /// What is left of standard input, where a command took some of it, or `exec` moved it.
    package var input: Stream?
    /// False once `exec` moved standard output or what goes there.
    package var isOutputKnown = true
    /// Whether the last job in the background runs as somebody else, or somewhere else.
    package var isLastJobForeign = false
    /// `$_`.
    package var lastArgument: AbstractText?
    /// Whether names lead to other programs than usual: PATH, `enable`, `BASH_CMDS`.
    package var areProgramsKnown = true
    var definitions = Shared(Definitions())

    /// Options of `set` and `shopt` that change what words become.
    package struct Flags: Hashable, Sendable {
        /// `set -f`.
        package var noGlob = false
        /// `set -e`.
        package var exitsOnError = false
        /// `set -a`.
        package var exportsAll = false
        /// `shopt -s lastpipe`, or that may be.
        package var lastPipe = false
        /// `shopt -s nocasematch`, or that may be.
        package var ignoresCase = false
        /// `shopt -s localvar_inherit`, or that may be.
        package var inheritsLocals = false
        /// `set -E`, `set -T`: traps hold in subshells and functions too.
        package var inheritsTraps = false
    }

    package init(_ dialect: Dialect, directory: AbstractPath = AbstractPath(root: .known(.start))) {
        options = ShellOptions(dialect)
        directories = [directory]
    }
}

/// The text of a `trap`, and where that stands.
package struct Trap: Hashable, Sendable {
    package let text: AbstractText
    package let range: SourceRange
}

/// A function: its body, and a number that tells it from any other of its name.
package struct ShellFunction: Hashable, Sendable {
    package let definition: FunctionDefinition
    package let origin: TextOrigin
    package let number: Int
    /// Whether an earlier line defined it: no place in this one is its own.
    package var isOfEarlierLine = false

    init(definition: FunctionDefinition, origin: TextOrigin, number: Int) {
        self.definition = definition
        self.origin = origin
        self.number = number
    }

    // A tree is compared by its number: comparing all of it takes long.
    package static func == (left: ShellFunction, right: ShellFunction) -> Bool {
        left.number == right.number
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
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
