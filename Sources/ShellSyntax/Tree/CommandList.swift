/// Commands one after another (POSIX XCU 2.9.3, *lists*): the whole of a line, or what stands in
/// a group, a substitution, a branch.
///
///     make && make test; echo done &
///
/// is a list of two items: the and-or list `make && make test` behind which stands `;`, and
/// `echo done` behind which stands `&`.
package struct CommandList: Hashable, Sendable {
    package let items: [ListItem]
    package let range: SourceRange
}

/// An and-or list and what ends it.
package struct ListItem: Hashable, Sendable {
    package let andOr: AndOrList
    package let terminator: ListTerminator
}

/// What stands behind an and-or list.
package enum ListTerminator: Hashable, Sendable {
    /// Nothing: the end of the text, or a token that ends what is around, such as `)` or `fi`.
    case none
    case semicolon
    case newline
    /// `&`: the shell does not wait.
    case ampersand
}

/// Pipelines joined by `&&` and `||`, which bind alike and to the left.
package struct AndOrList: Hashable, Sendable {
    package let first: Pipeline
    package let rest: [AndOrMember]

    package var range: SourceRange {
        rest.last.map { first.range.through($0.pipeline.range) } ?? first.range
    }
}

/// A pipeline that runs only if the one before ended as the operator demands.
package struct AndOrMember: Hashable, Sendable {
    package let `operator`: AndOrOperator
    package let pipeline: Pipeline
}

package enum AndOrOperator: Hashable, Sendable {
    /// `&&`
    case and
    /// `||`
    case or
}

/// Commands whose output is the next one's input (POSIX XCU 2.9.2).
///
/// Of bash: any number of `!` and `time` may stand before it, and nothing at all behind them.
package struct Pipeline: Hashable, Sendable {
    package let prefixes: [PipelinePrefix]
    package let commands: [Command]
    /// What stands between the commands: one fewer than these.
    package let operators: [PipeOperator]
    package let range: SourceRange

    /// Whether the exit status is turned round.
    package var isNegated: Bool {
        prefixes.reduce(false) { $1 == .negation ? !$0 : $0 }
    }
}

package enum PipelinePrefix: Hashable, Sendable {
    /// `!`
    case negation
    /// `time`, or `time -p` with POSIX's output format
    case time(isPOSIX: Bool)
}

package enum PipeOperator: Hashable, Sendable {
    /// `|`
    case output
    /// `|&`: standard error too
    case outputAndError
}
