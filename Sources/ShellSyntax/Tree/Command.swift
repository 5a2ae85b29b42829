/// One command of a pipeline (POSIX XCU 2.9).
public enum Command: Hashable, Sendable {
    case simple(SimpleCommand)
    indirect case compound(CompoundCommand)
    indirect case function(FunctionDefinition)
    /// Of bash.
    indirect case coprocess(Coprocess)

    public var range: SourceRange {
        switch self {
        case .simple(let command): command.range
        case .compound(let command): command.range
        case .function(let definition): definition.range
        case .coprocess(let coprocess): coprocess.range
        }
    }
}

/// Assignments, words and redirections (POSIX XCU 2.9.1).
///
/// The first word names what runs.
///
///     LANG=C sort -u < names > sorted
///
/// Redirections may stand anywhere; they are here in the order in which the shell performs them.
public struct SimpleCommand: Hashable, Sendable {
    public let assignments: [Assignment]
    public let words: [Word]
    public let redirections: [Redirection]
    public let range: SourceRange
}

/// A function: `name() body`, or bash's `function name body`.
///
/// Redirections behind the body belong to the body.
public struct FunctionDefinition: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// `name()`
        case parentheses
        /// `function name`
        case keyword
        /// `function name()`
        case keywordAndParentheses
    }

    public let name: Word
    public let form: Form
    public let body: CompoundCommand
    public let range: SourceRange
}

/// A coprocess of bash: `coproc [NAME] command` (bash manual, *Coprocesses*).
///
/// Only a compound command may have a name.
public struct Coprocess: Hashable, Sendable {
    public let name: Word?
    public let command: Command
    public let range: SourceRange
}
