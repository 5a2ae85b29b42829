/// A command that holds lists of commands, and the redirections behind it (POSIX XCU 2.9.4).
public struct CompoundCommand: Hashable, Sendable {
    public let body: CompoundBody
    public let redirections: [Redirection]
    public let range: SourceRange
}

public enum CompoundBody: Hashable, Sendable {
    /// `{ list; }`
    case braceGroup(CommandList)
    /// `( list )`
    case subshell(CommandList)
    case forLoop(ForLoop)
    case caseClause(CaseClause)
    case ifClause(IfClause)
    /// `while list; do list; done`
    case whileLoop(ConditionLoop)
    /// `until list; do list; done`
    case untilLoop(ConditionLoop)
    /// `select name in …`, of bash
    case selectLoop(ForLoop)
    /// `for ((…; …; …))`, of bash
    case arithmeticFor(ArithmeticForLoop)
    /// `((…))`, of bash
    case arithmetic(Arithmetic)
    /// `[[ … ]]`, of bash
    case conditional(ConditionalExpression)
}

/// A loop over words: `for name in words; do list; done`, and `select`, which has the same shape.
public struct ForLoop: Hashable, Sendable {
    public let name: Word
    /// Nil where `in` is missing: then the positional parameters.
    public let words: [Word]?
    public let body: LoopBody
}

/// A loop as in C, of bash: `for ((start; condition; step)); do list; done`.
///
/// An empty part is nil.
public struct ArithmeticForLoop: Hashable, Sendable {
    public let start: Arithmetic?
    public let condition: Arithmetic?
    public let step: Arithmetic?
    public let body: LoopBody
}

public struct LoopBody: Hashable, Sendable {
    public let list: CommandList
    /// `{ … }` in place of `do … done`, which bash takes in `for` and `select`.
    public let isBraced: Bool
}

public struct ConditionLoop: Hashable, Sendable {
    public let condition: CommandList
    public let body: CommandList
}

/// A choice: `if list; then list; elif list; then list; else list; fi`.
public struct IfClause: Hashable, Sendable {
    public struct Branch: Hashable, Sendable {
        public let condition: CommandList
        public let body: CommandList
    }

    /// The one of `if` and those of each `elif`.
    public let branches: [Branch]
    public let otherwise: CommandList?
}

/// A choice by patterns: `case word in (pattern | pattern) list;; … esac`.
public struct CaseClause: Hashable, Sendable {
    public let subject: Word
    public let items: [CaseItem]
}

public struct CaseItem: Hashable, Sendable {
    /// What ends an item, and so what runs next when it matched.
    public enum Ending: Hashable, Sendable {
        /// Nothing, before `esac`.
        case none
        /// `;;`
        case leave
        /// `;&`, of bash: go on with the next item's list.
        case fallThrough
        /// `;;&`, of bash: go on with the next item whose pattern matches.
        case testNext
    }

    public let patterns: [Word]
    public let list: CommandList
    public let ending: Ending
    public let range: SourceRange
}

/// What stands in `[[ … ]]` (bash manual, *Conditional Constructs*).
public indirect enum ConditionalExpression: Hashable, Sendable {
    /// A word alone: true if it is not empty.
    case word(Word)
    /// `-f word`
    case unary(Operator, Word)
    /// `word == word`; the right side of `==`, `=` and `!=` is a pattern, of `=~` a regular
    /// expression.
    case binary(Word, Operator, Word)
    /// `! expression`
    case negation(ConditionalExpression, SourceRange)
    case and(ConditionalExpression, ConditionalExpression)
    case or(ConditionalExpression, ConditionalExpression)
    /// `( expression )`
    case group(ConditionalExpression, SourceRange)

    /// An operator as it is spelled, `-f` or `==`.
    public struct Operator: Hashable, Sendable {
        public let spelling: ShellText
        public let range: SourceRange
    }
}
