// Arrays, attributes and arithmetic.

extension BashChange {
    static let arrays: [BashFeature: BashChange] = [
        .associativeArray: BashChange(
            since: BashVersion(4, 0),
            before: .fails,
            older: "has no such option; subscripts are arithmetic",
            source: "NEWS, bash-4.0, 1.ii"
        ),
        .pairsOfWords: BashChange(
            since: BashVersion(5, 1),
            before: .fails,
            older: "wants a subscript before each value",
            source: "NEWS, bash-5.1, 1.gg"
        ),
        .anyKey: BashChange(
            since: BashVersion(5, 2),
            before: .fails,
            older: "says `bad array subscript`",
            source: "NEWS, bash-5.2, 1.j"
        ),
        .unsetOfElements: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "unsets the array",
            undoneBy: BashVersion(5, 1),
            source: "NEWS, bash-5.2, 1.l"
        ),
        .negativeSubscript: BashChange(
            since: BashVersion(4, 2),
            before: .fails,
            older: "says `bad array subscript`",
            source: "NEWS, bash-4.2, 1.p"
        ),
        .negativeSubscriptAssigned: BashChange(
            since: BashVersion(4, 3),
            before: .fails,
            older: "says `bad array subscript`",
            source: "NEWS, bash-4.3, 1.x"
        ),
        .reference: BashChange(
            since: BashVersion(4, 3),
            before: .fails,
            older: "has no such option",
            source: "NEWS, bash-4.3, 1.w"
        ),
        .caseAttributes: BashChange(
            since: BashVersion(4, 0),
            before: .fails,
            older: "has no such options",
            source: "NEWS, bash-4.0, 1.jj"
        ),
        .quotedNameInArithmetic: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "takes the quote for no operand",
            source: "CHANGES, bash-4.4-alpha, 1.zz"
        ),
        .keyExpandedOnce: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "expands what came out of `$k` again, and runs commands in it",
            undoneBy: BashVersion(5, 1),
            source: "COMPAT, bash-5.2, 66"
        ),
        .subscriptExpandedOnce: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "expands what came out of `$k` again, and runs commands in it",
            undoneBy: BashVersion(5, 1),
            source: "NEWS, bash-5.2, 1.k"
        ),
        .offsetExpandedOnce: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "expands what came out of `$k` again, and runs commands in it",
            undoneBy: BashVersion(5, 1),
            source: "COMPAT, bash-5.2, compat51"
        ),
        .conditionalKeyExpandedOnce: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "expands what came out of `$k` again, and runs commands in it",
            undoneBy: BashVersion(5, 1),
            source: "COMPAT, bash-5.2, compat51"
        ),
        .keysExpandedOnce: BashChange(
            since: BashVersion(5, 0),
            before: .fails,
            older: "knows no such option: builtins expand keys again",
            source: "NEWS, bash-5.0, 1.w"
        ),
        .subscriptsExpandedOnce: BashChange(
            since: BashVersion(5, 3),
            before: .fails,
            older: "has it as `assoc_expand_once`",
            source: "NEWS, bash-5.3, 1.t"
        ),
        .compatibilityLevel: BashChange(
            since: BashVersion(4, 3),
            before: .differs,
            older: "takes it for any variable; 4.0 to 4.2 have `shopt -s compat…` only",
            source: "NEWS, bash-4.3, 1.ee"
        ),
    ]
}
