// What words expand to.

extension BashChange {
    static let expansions: [BashFeature: BashChange] = [
        .caseChange: BashChange(
            since: BashVersion(4, 0),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.0, 1.hh"
        ),
        .caseToggle: BashChange(
            since: BashVersion(4, 0),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.0, 1.hh"
        ),
        .quoteTransformation: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.4, 1.o"
        ),
        .escapeTransformation: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.4, 1.o"
        ),
        .promptTransformation: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.4, 1.o"
        ),
        .assignmentTransformation: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.4, 1.o"
        ),
        .attributeTransformation: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-4.4, 1.o"
        ),
        .upperTransformation: BashChange(
            since: BashVersion(5, 1),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-5.1, 1.dd"
        ),
        .firstUpperTransformation: BashChange(
            since: BashVersion(5, 1),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-5.1, 1.dd"
        ),
        .lowerTransformation: BashChange(
            since: BashVersion(5, 1),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-5.1, 1.dd"
        ),
        .pairTransformation: BashChange(
            since: BashVersion(5, 1),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-5.1, 1.hh"
        ),
        .wordsOfPairsTransformation: BashChange(
            since: BashVersion(5, 2),
            before: .fails,
            older: "says `bad substitution`; 3.2 ignores it behind `[@]`",
            source: "NEWS, bash-5.2, 1.t"
        ),
        .negativeLength: BashChange(
            since: BashVersion(4, 2),
            before: .fails,
            older: "takes no length below 0",
            source: "NEWS, bash-4.2, 1.q"
        ),
        .zeroOfPositionals: BashChange(
            since: BashVersion(4, 0),
            before: .differs,
            older: "begins with the first positional parameter, not with `$0`",
            source: "NEWS, bash-4.0, 1.a"
        ),
        .matchInReplacement: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "puts in `&` as it is, and not what matched",
            source: "NEWS, bash-5.2, 1.x"
        ),
        .quotesInReplacement: BashChange(
            since: BashVersion(4, 3),
            before: .differs,
            older: "puts in the quotes",
            undoneBy: BashVersion(4, 2),
            source: "COMPAT, bash-5.2, 53"
        ),
        .nocasematchInReplacement: BashChange(
            since: BashVersion(4, 4),
            before: .differs,
            older: "looks at the case of letters",
            source: "NEWS, bash-4.4, 1.n"
        ),
        .posixQuotesInOperand: BashChange(
            since: BashVersion(4, 2),
            before: .differs,
            older: "takes single quotes for quotes there",
            undoneBy: BashVersion(4, 2),
            source: "COMPAT, bash-5.2, 48"
        ),
        .emptyArrayIsSet: BashChange(
            since: BashVersion(4, 4),
            before: .fails,
            older: "calls it unset",
            source: "COMPAT, bash-5.2, 54"
        ),
        .assignedDefault: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "gives the text, and not the value that was assigned",
            undoneBy: BashVersion(5, 1),
            source: "COMPAT, bash-5.2, compat51"
        ),
        .unicodeEscapes: BashChange(
            since: BashVersion(4, 2),
            before: .differs,
            older: "leaves the escape as it is",
            source: "NEWS, bash-4.2, 1.d"
        ),
        .bracePadding: BashChange(
            since: BashVersion(4, 0),
            before: .differs,
            older: "pads nothing with zeros",
            source: "NEWS, bash-4.0, 1.z"
        ),
        .braceStep: BashChange(
            since: BashVersion(4, 0),
            before: .differs,
            older: "leaves the braces as they are",
            source: "Manual, bash-4.0, Brace Expansion"
        ),
        .braceBehindNoSequence: BashChange(
            since: BashVersion(4, 3),
            before: .differs,
            older: "leaves all braces of the word as they are",
            source: "NEWS, bash-4.3, 1.gg"
        ),
        .braceInElement: BashChange(
            since: BashVersion(5, 3),
            before: .differs,
            older: "makes an element of each alternative, subscript and all",
            source: "CHANGES, bash-5.3-alpha, 1.iii"
        ),
        .posixTildeBehindColon: BashChange(
            since: BashVersion(5, 1),
            before: .differs,
            older: "expands the tilde in an argument",
            source: "CHANGES, bash-5.1-beta, 1.g"
        ),
        .dotFilesSkipped: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "finds `.` and `..` too",
            source: "NEWS, bash-5.2, 1.aa"
        ),
        .globstar: BashChange(
            since: BashVersion(4, 0),
            before: .fails,
            older: "knows no such option; `**` is `*`",
            source: "NEWS, bash-4.0, 1.w"
        ),
    ]
}
