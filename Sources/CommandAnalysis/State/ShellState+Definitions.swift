public import ShellSyntax

// What few lines say anything about, and every command gets a copy of.

extension ShellState {
    struct Definitions: Hashable, Sendable {
        /// Variables that make certain programs run other code, which the line has set.
        var watchedVariables: Set<ShellText> = []
        /// `$0`, where the line says it.
        var shellName: AbstractText?
        /// What each name may be, nil for no function; a name that is not here is none.
        var functions: [ShellText: [ShellFunction?]] = [:]
        /// Functions that shells get which this one starts: `export -f`.
        var exportedFunctions: Set<ShellText> = []
        /// Variables and functions that perhaps cannot be changed.
        var readOnly: Set<ShellText> = []
        /// What the functions and commands around have for themselves, the innermost last.
        var scopes: [VariableScope] = []
        /// Variables of which nobody knows what they are when such a function or command ends.
        var unsettled: Set<ShellText> = []
        /// Names that stand for other text where a command begins.
        var aliases: AliasTable = AliasTable()
        /// Where it was before: `cd -`.
        var previousDirectory: AbstractPath?
        /// What `pushd` put away.
        var stack: [AbstractPath] = []
        /// What earlier lines of a guarded shell wrote.
        var written: WrittenPaths = WrittenPaths()
        /// Texts that run when something happens to the shell: `trap`.
        var traps: [Trap] = []
        /// `hash -p PATH NAME`.
        var hashedPrograms: [ShellText: AbstractText] = [:]
        /// Where a loop or a function was perhaps left.
        var departures: Departures = Departures()
    }

    public var watchedVariables: Set<ShellText> {
        _read { yield definitions.value.watchedVariables }
        _modify { yield &definitions.value.watchedVariables }
    }

    public var shellName: AbstractText? {
        _read { yield definitions.value.shellName }
        _modify { yield &definitions.value.shellName }
    }

    public var functions: [ShellText: [ShellFunction?]] {
        _read { yield definitions.value.functions }
        _modify { yield &definitions.value.functions }
    }

    public var exportedFunctions: Set<ShellText> {
        _read { yield definitions.value.exportedFunctions }
        _modify { yield &definitions.value.exportedFunctions }
    }

    public var readOnly: Set<ShellText> {
        _read { yield definitions.value.readOnly }
        _modify { yield &definitions.value.readOnly }
    }

    public var scopes: [VariableScope] {
        _read { yield definitions.value.scopes }
        _modify { yield &definitions.value.scopes }
    }

    public var unsettled: Set<ShellText> {
        _read { yield definitions.value.unsettled }
        _modify { yield &definitions.value.unsettled }
    }

    public var aliases: AliasTable {
        _read { yield definitions.value.aliases }
        _modify { yield &definitions.value.aliases }
    }

    public var previousDirectory: AbstractPath? {
        _read { yield definitions.value.previousDirectory }
        _modify { yield &definitions.value.previousDirectory }
    }

    public var stack: [AbstractPath] {
        _read { yield definitions.value.stack }
        _modify { yield &definitions.value.stack }
    }

    var written: WrittenPaths {
        _read { yield definitions.value.written }
        _modify { yield &definitions.value.written }
    }

    public var traps: [Trap] {
        _read { yield definitions.value.traps }
        _modify { yield &definitions.value.traps }
    }

    public var hashedPrograms: [ShellText: AbstractText] {
        _read { yield definitions.value.hashedPrograms }
        _modify { yield &definitions.value.hashedPrograms }
    }
}
