/// A command that holds lists of commands, and the redirections behind it (POSIX XCU 2.9.4).
package struct CompoundCommand: Hashable, Sendable {
    package let body: CompoundBody
    package let redirections: [Redirection]
    package let range: SourceRange
}

package enum CompoundBody: Hashable, Sendable {
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
package struct ForLoop: Hashable, Sendable {
    package let name: Word
    /// Nil where `in` is missing: then the positional parameters.
    package let words: [Word]?
    package let body: LoopBody
}

/// A loop as in C, of bash: `for ((start; condition; step)); do list; done`.
///
/// An empty part is nil.
package struct ArithmeticForLoop: Hashable, Sendable {
    package let start: Arithmetic?
    package let condition: Arithmetic?
    package let step: Arithmetic?
    package let body: LoopBody
}

package struct LoopBody: Hashable, Sendable {
    package let list: CommandList
    /// `{ … }` in place of `do … done`, which bash takes in `for` and `select`.
    package let isBraced: Bool
}

package struct ConditionLoop: Hashable, Sendable {
    package let condition: CommandList
    package let body: CommandList
}

/// A choice: `if list; then list; elif list; then list; else list; fi`.
package struct IfClause: Hashable, Sendable {
    package struct Branch: Hashable, Sendable {
        package let condition: CommandList
        package let body: CommandList
    }

    /// The one of `if` and those of each `elif`.
    package let branches: [Branch]
    package let otherwise: CommandList?
}

/// A choice by patterns: `case word in (pattern | pattern) list;; … esac`.
package struct CaseClause: Hashable, Sendable {
    package let subject: Word
    package let items: [CaseItem]
}

package struct CaseItem: Hashable, Sendable {
    /// What ends an item, and so what runs next when it matched.
    package enum Ending: Hashable, Sendable {
        /// Nothing, before `esac`.
        case none
        /// `;;`
        case leave
        /// `;&`, of bash: go on with the next item's list.
        case fallThrough
        /// `;;&`, of bash: go on with the next item whose pattern matches.
        case testNext
    }

    package let patterns: [Word]
    package let list: CommandList
    package let ending: Ending
    package let range: SourceRange
}

/// What stands in `[[ … ]]` (bash manual, *Conditional Constructs*).
package indirect enum ConditionalExpression: Hashable, Sendable {
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
    package struct Operator: Hashable, Sendable {
        package let spelling: ShellText
        package let range: SourceRange
    }
}
