import ShellSyntax
import Testing

/// What commands make of options and aliases; each was tried with the shells.
@Suite struct `the settings of a shell` {
    private func settings(behind text: String, _ dialect: Dialect = .bash) -> ShellSettings {
        var settings = ShellSettings(dialect)
        for list in Program.accepted(text, dialect).commands { settings.follow(list) }
        return settings
    }

    @Test(arguments: [
        "shopt -s expand_aliases", "set -o posix", "shopt -so posix", "POSIXLY_CORRECT=1",
        "export POSIXLY_CORRECT=", "declare -x POSIXLY_CORRECT=1", "{ set -o posix; }",
        "set -euo posix",
    ])
    func `expand aliases behind it`(text: String) {
        #expect(settings(behind: text).options.expandsAliases)
        #expect(settings(behind: text).areCertain)
    }

    @Test(arguments: [
        "shopt -s posix", "(set -o posix)", "set -o posix &", "set -o posix | a",
        "a=POSIXLY_CORRECT",
        "set -o posix\nset +o posix", "POSIXLY_CORRECT=1\nunset POSIXLY_CORRECT",
        "echo set -o posix",
        "export POSIXLY_CORRECT",
    ])
    func `expand no aliases behind it`(text: String) {
        #expect(!settings(behind: text).options.expandsAliases)
        #expect(settings(behind: text).areCertain)
    }

    @Test(arguments: [
        "a && set -o posix", "if a; then alias b=c; fi", "f() { shopt -s extglob; }", "alias $a",
        "for POSIXLY_CORRECT in a; do b; done", "while shopt -s extglob; do a; done", "set -o $a",
        "case a in a) alias b=c;; esac", "BASH_ALIASES[$a]=b", "BASH_ALIASES=([a]=b)",
        "POSIXLY_CORRECT=1 a", "shopt -s \"$a\"",
    ])
    func `are uncertain where it may change them or not`(text: String) {
        #expect(!settings(behind: text).areCertain)
        #expect(!Program.accepted(text).hasCertainSettings)
    }

    @Test(arguments: ["if a; then b; fi", "a && b", "f() { (alias b=c); }", "set -e", "a=$b"])
    func `are certain where it changes nothing of them`(text: String) {
        #expect(settings(behind: text).areCertain)
    }

    @Test func `have the aliases that a variable defines`() {
        #expect(settings(behind: "BASH_ALIASES[a]='b c'").aliases["a"] == "b c")
    }

    @Test func `of dash know nothing of what only bash has`() {
        let text = "shopt -u expand_aliases\nset -o posix\nunset POSIXLY_CORRECT\nPOSIXLY_CORRECT=1"

        #expect(settings(behind: text, .posix).options == ShellOptions(.posix))
    }
}
