/// One command of a pipeline (POSIX XCU 2.9).
package enum Command: Hashable, Sendable {
    case simple(SimpleCommand)
    indirect case compound(CompoundCommand)
    indirect case function(FunctionDefinition)
    /// Of bash.
    indirect case coprocess(Coprocess)

    package var range: SourceRange {
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
package struct SimpleCommand: Hashable, Sendable {
    package let assignments: [Assignment]
    package let words: [Word]
    package let redirections: [Redirection]
    package let range: SourceRange
}

/// A function: `name() body`, or bash's `function name body`.
///
/// Redirections behind the body belong to the body.
package struct FunctionDefinition: Hashable, Sendable {
    package enum Form: Hashable, Sendable {
        /// `name()`
        case parentheses
        /// `function name`
        case keyword
        /// `function name()`
        case keywordAndParentheses
    }

    package let name: Word
    package let form: Form
    package let body: CompoundCommand
    package let range: SourceRange
}

/// A coprocess of bash: `coproc [NAME] command` (bash manual, *Coprocesses*).
///
/// Only a compound command may have a name.
package struct Coprocess: Hashable, Sendable {
    package let name: Word?
    package let command: Command
    package let range: SourceRange
}
