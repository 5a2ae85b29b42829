import ShellSyntax

/// A text of the corpus that a shell started with `-n` judges otherwise than the parser, and why.
struct KnownDifference {
    let text: String
    let dialect: Dialect
    let reason: String

    static let all = dropped + refused + ranFirst + droppedByDash

    private static func bash(_ reason: String, _ texts: String...) -> [KnownDifference] {
        texts.map { KnownDifference(text: $0, dialect: .bash, reason: reason) }
    }

    private static func dash(_ reason: String, _ texts: String...) -> [KnownDifference] {
        texts.map { KnownDifference(text: $0, dialect: .posix, reason: reason) }
    }

    /// Accepted by the shell, which takes nothing of it for a command and says nothing.
    private static let dropped =
        bash(
            "a conditional expression without an operand is dropped silently",
            "[[ ]]",
            "[[ a && ]]",
            "[[ a || ]]",
            "[[ ! ]]",
            "[[ a && ! ]]",
            "[[ ]] == a ]]"
        )
        + bash(
            "a `for ((` that does not end with `))` is dropped silently",
            "for ((a;b;c) ; do a; done",
            "for (( ; ; ) ); do b; done",
            "for ((;;)\\\n) do a; done"
        )

    /// Refused by the parser, because the shell does what nobody means.
    private static let refused =
        bash(
            "commands in the delimiter of a here-document are printed anew to be compared",
            "a <<$(b c)",
            "a << <(b)"
        )
        + bash(
            "a descriptor in a variable whose subscript is quoted or expanded",
            "{a[\"b\"]}> c d",
            "a {b[\"c\"]}>d",
            "{a[$b]}> c d",
            "{a[$(b)]}> c d",
            "{a[`b`]}> c d",
            "{a[\"]\"]}> c d"
        )
        + bash(
            "what `$'…'` stands for is expanded in quotes and in arithmetic",
            "\"${a:-$'\\x24(b)'}\"",
            "\"${a:-$'$(b)'}\"",
            "\"${a:1:$'\\x31'}\"",
            "a $(( $'1' ))",
            "a $((b $'\\\\n' c))",
            "a $[ $'\\x31' ]"
        )
        + bash(
            "the second word of a coprocess is read as if a command started there",
            "coproc a b[c d]",
            "coproc a b=(c)"
        )

    /// Options and aliases hold for what follows, which `-n` does not run.
    private static let ranFirst =
        bash(
            "`shopt` does not run under `-n`",
            "shopt -s extglob\necho @(a|b)",
            "shopt -s extglob\necho !(a|@(b|c))d",
            "shopt -s extglob\ncase a in @(b|c)) d;; esac",
            "shopt -s extglob\necho a@(b c;d|e\nf)",
            "shopt -s extglob\na @\\\n(b|c)",
            "shopt -s extglob\ncase a in !\\\n(b|c)) d;; esac",
            "shopt -s expand_aliases\nalias x='if a; then'\nx b; fi"
        )
        + dash(
            "`alias` does not run under `-n`",
            "shopt -s expand_aliases\nalias x='if a; then'\nx b; fi",
            "alias x='if a; then'\nx b; fi"
        )

    private static let droppedByDash = dash(
        "what stands behind `)` in back-quotes is dropped silently",
        "echo `a)`",
        "a $(b `c)`)",
        "`a)`"
    )
}
