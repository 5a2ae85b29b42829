// Reserved words, compound commands, and what stands between commands.

extension BashChange {
    static let grammar: [BashFeature: BashChange] = [
        .coprocess: BashChange(
            since: BashVersion(4, 0),
            before: .differs,
            older: "runs a command named `coproc`; refuses a compound command behind it",
            source: "NEWS, bash-4.0, 1.kk"
        ),
        .coprocessNameExpansion: BashChange(
            since: BashVersion(5, 0),
            before: .differs,
            older: "expands no name and starts the coprocess without its variables",
            source: "NEWS, bash-5.0, 1.h"
        ),
        .caseFallThrough: BashChange(
            since: BashVersion(4, 0),
            before: .refused,
            older: "knows no `;&`",
            source: "NEWS, bash-4.0, 1.ee"
        ),
        .caseTestNext: BashChange(
            since: BashVersion(4, 0),
            before: .refused,
            older: "knows no `;;&`",
            source: "NEWS, bash-4.0, 1.ff"
        ),
        .esacAsPattern: BashChange(
            since: BashVersion(4, 4),
            before: .refused,
            older: "takes `esac` behind `|` for the end",
            source: "CHANGES, bash-4.4-alpha, 1.uuuu"
        ),
        .repeatedNegation: BashChange(
            since: BashVersion(4, 2),
            before: .refused,
            older: "takes one `!`",
            source: "NEWS, bash-4.2, 1.g"
        ),
        .negatedTime: BashChange(
            since: BashVersion(4, 2),
            before: .differs,
            older: "runs a program named `time`",
            source: "NEWS, bash-4.2, 1.g"
        ),
        .negationInBackground: BashChange(
            since: BashVersion(5, 3),
            before: .refused,
            older: "takes no `&` behind `!`",
            source: "CHANGES, bash-5.3-alpha, 1.aaaaa"
        ),
        .timeInBackground: BashChange(
            since: BashVersion(5, 3),
            before: .refused,
            older: "takes no `&` behind `time`",
            source: "CHANGES, bash-5.3-alpha, 1.aaaaa"
        ),
        .timeOfNothing: BashChange(
            since: BashVersion(4, 4),
            before: .refused,
            older: "takes no `;` behind `time`",
            source: "NEWS, bash-4.4, 1.k"
        ),
        .timeOptionsEnd: BashChange(
            since: BashVersion(4, 2),
            before: .differs,
            older: "times a command named `--`",
            source: "NEWS, bash-4.2, 1.r"
        ),
        .posixTimeOptions: BashChange(
            since: BashVersion(4, 2),
            before: .differs,
            older: "takes `time` for a reserved word and not for a program's name",
            undoneBy: BashVersion(4, 1),
            source: "NEWS, bash-4.2, 1.s"
        ),
        .functionKeywordBody: BashChange(
            since: BashVersion(4, 2),
            before: .refused,
            older: "takes only a brace group for the body",
            source: "CHANGES, bash-4.2-alpha, 1.ii"
        ),
        .functionKeywordSubshell: BashChange(
            since: BashVersion(5, 1),
            before: .refused,
            older: "takes no subshell for the body without `()`",
            source: "parse.y of bash-5.1, function_def"
        ),
        .posixFunctionNames: BashChange(
            since: BashVersion(5, 3),
            before: .fails,
            older: "refuses names that no variable can have, and leaves",
            source: "NEWS, bash-5.3, 1.tt"
        ),
        .reservedWordBehindArithmetic: BashChange(
            since: BashVersion(5, 2),
            before: .refused,
            older: "takes no reserved word behind `))`",
            source: "CHANGES, bash-5.2-alpha, 1.m"
        ),
        .reservedWordBehindConditional: BashChange(
            since: BashVersion(5, 2),
            before: .refused,
            older: "takes no reserved word behind `]]`",
            source: "CHANGES, bash-5.2-alpha, 1.m"
        ),
        .conditionalExtendedGlob: BashChange(
            since: BashVersion(4, 1),
            before: .refused,
            older: "reads extended patterns only with `extglob`",
            source: "NEWS, bash-4.1, 1.s"
        ),
        .conditionalVariable: BashChange(
            since: BashVersion(4, 2),
            before: .refused,
            older: "knows no `-v`",
            source: "NEWS, bash-4.2, 1.f"
        ),
        .conditionalElement: BashChange(
            since: BashVersion(4, 3),
            before: .differs,
            older: "finds no element set",
            source: "NEWS, bash-4.3, 1.ll"
        ),
        .conditionalPositional: BashChange(
            since: BashVersion(5, 1),
            before: .differs,
            older: "finds no positional parameter set",
            source: "NEWS, bash-5.1, 1.x"
        ),
        .conditionalReference: BashChange(
            since: BashVersion(4, 3),
            before: .refused,
            older: "knows no `-R`",
            source: "NEWS, bash-4.3, 1.w"
        ),
        .conditionalNegatedTwice: BashChange(
            since: BashVersion(5, 1),
            before: .differs,
            older: "negates once, however many `!` there are",
            source: "Patch 16 of bash-5.1; CHANGES, bash-5.2-alpha, 1.z"
        ),
        .joiningAlias: BashChange(
            since: BashVersion(4, 4),
            before: .refused,
            older: "ends a token where the value of an alias ends",
            source: "NEWS, bash-4.4, 1.bb"
        ),
        .lastCommandInShell: BashChange(
            since: BashVersion(4, 2),
            before: .fails,
            older:
                "knows no such option: the last command of a pipeline changes nothing in the shell",
            source: "NEWS, bash-4.2, 1.t"
        ),
    ]
}
