// Redirections, and commands within words.

extension BashChange {
    static let substitutions: [BashFeature: BashChange] = [
        .pipeOfBoth: BashChange(
            since: BashVersion(4, 0),
            before: .refused,
            older: "knows no `|&`",
            source: "NEWS, bash-4.0, 1.dd"
        ),
        .appendOfBoth: BashChange(
            since: BashVersion(4, 0),
            before: .refused,
            older: "reads `&>` and then `>`",
            source: "NEWS, bash-4.0, 1.cc"
        ),
        .descriptorVariable: BashChange(
            since: BashVersion(4, 1),
            before: .differs,
            older: "passes `{b}` as an argument and redirects standard output",
            source: "NEWS, bash-4.1, 1.p"
        ),
        .descriptorElement: BashChange(
            since: BashVersion(4, 3),
            before: .differs,
            older: "passes `{b[1]}` as an argument and redirects standard output",
            source: "NEWS, bash-4.3, 1.y"
        ),
        .emptyDescriptorCloses: BashChange(
            since: BashVersion(5, 2),
            before: .fails,
            older: "calls the redirection ambiguous",
            source: "NEWS, bash-5.2, 1.v"
        ),
        .posixProcessSubstitution: BashChange(
            since: BashVersion(5, 1),
            before: .refused,
            older: "has no process substitution in POSIX mode",
            source: "NEWS, bash-5.1, 1.u"
        ),
        .casePatternInSubstitution: BashChange(
            since: BashVersion(4, 0),
            before: .refused,
            older: "takes the first `)` that no `(` opened for the end",
            source: "CHANGES, bash-4.0-alpha, 1.uuu"
        ),
        .hereDocumentBehindSubstitution: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "runs the text as commands",
            source: "NEWS, bash-5.2, 1.c"
        ),
        .eagerSubstitution: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "finds the error when it gets there, and runs what is around",
            isRefused: true,
            source: "NEWS, bash-5.2, 1.c"
        ),
        .eagerPatterns: BashChange(
            since: BashVersion(5, 2),
            before: .differs,
            older: "reads commands in substitutions as with `extglob`",
            isRefused: true,
            undoneBy: BashVersion(5, 1),
            source: "COMPAT, bash-5.2, compat51"
        ),
        .commandsInShell: BashChange(
            since: BashVersion(5, 3),
            before: .fails,
            older: "says `bad substitution`",
            source: "NEWS, bash-5.3, 1.s"
        ),
        .replyOfCommands: BashChange(
            since: BashVersion(5, 3),
            before: .fails,
            older: "says `bad substitution`",
            source: "NEWS, bash-5.3, 1.s"
        ),
    ]
}
