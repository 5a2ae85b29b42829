/// Commands one after another (POSIX XCU 2.9.3, *lists*): the whole of a line, or what stands in
/// a group, a substitution, a branch.
///
///     make && make test; echo done &
///
/// is a list of two items: the and-or list `make && make test` behind which stands `;`, and
/// `echo done` behind which stands `&`.
public struct CommandList: Hashable, Sendable {
    public let items: [ListItem]
    public let range: SourceRange
}

/// An and-or list and what ends it.
public struct ListItem: Hashable, Sendable {
    public let andOr: AndOrList
    public let terminator: ListTerminator
}

/// What stands behind an and-or list.
public enum ListTerminator: Hashable, Sendable {
    /// Nothing: the end of the text, or a token that ends what is around, such as `)` or `fi`.
    case none
    case semicolon
    case newline
    /// `&`: the shell does not wait.
    case ampersand
}

/// Pipelines joined by `&&` and `||`, which bind alike and to the left.
public struct AndOrList: Hashable, Sendable {
    public let first: Pipeline
    public let rest: [AndOrMember]

    public var range: SourceRange {
        rest.last.map { first.range.through($0.pipeline.range) } ?? first.range
    }
}

/// A pipeline that runs only if the one before ended as the operator demands.
public struct AndOrMember: Hashable, Sendable {
    public let `operator`: AndOrOperator
    public let pipeline: Pipeline
}

public enum AndOrOperator: Hashable, Sendable {
    /// `&&`
    case and
    /// `||`
    case or
}

/// Commands whose output is the next one's input (POSIX XCU 2.9.2).
///
/// Of bash: any number of `!` and `time` may stand before it, and nothing at all behind them.
public struct Pipeline: Hashable, Sendable {
    public let prefixes: [PipelinePrefix]
    public let commands: [Command]
    /// What stands between the commands: one fewer than these.
    public let operators: [PipeOperator]
    public let range: SourceRange

    /// Whether the exit status is turned round.
    public var isNegated: Bool {
        prefixes.reduce(false) { $1 == .negation ? !$0 : $0 }
    }
}

public enum PipelinePrefix: Hashable, Sendable {
    /// `!`
    case negation
    /// `time`, or `time -p` with POSIX's output format
    case time(isPOSIX: Bool)
}

public enum PipeOperator: Hashable, Sendable {
    /// `|`
    case output
    /// `|&`: standard error too
    case outputAndError
}
