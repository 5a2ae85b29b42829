import ShellSyntax

// Commands, and what stands between them.

extension VersionExample {
    static let grammar = [
        VersionExample(
            .coprocess,
            "function coproc { trace f; }; coproc trace a",
            newer: "trace a",
            older: "trace a; dynamic",
            either: "trace a; dynamic",
            alike: ("coproc trace a", "trace a")
        ),
        VersionExample(
            .coprocessNameExpansion,
            "n=C; coproc $n { trace a; }; trace \"$C\"",
            newer: "trace a; trace <digits>",
            older: "trace a; trace <text>",
            either: "trace a; trace <text>",
            alike: ("coproc C { trace a; }; trace \"$C\"", "trace a; trace <digits>")
        ),
        VersionExample(
            .negatedTime,
            "! time trace a",
            newer: "trace a",
            older: "time trace a; trace a",
            either: "time trace a; trace a",
            alike: ("time ! trace a", "trace a")
        ),
        VersionExample(
            .timeOptionsEnd,
            "function -- { trace f; }; time -- trace a",
            newer: "trace a",
            older: "trace a; dynamic",
            either: "trace a; dynamic",
            alike: ("time -- trace a", "trace a")
        ),
        VersionExample(
            .posixTimeOptions,
            "set -o posix\ntime -p trace a",
            newer: "time -p trace a",
            older: "time -p trace a; dynamic",
            either: "time -p trace a; dynamic",
            alike: ("set -o posix\ntime trace a", "trace a")
        ),
        VersionExample(
            .conditionalElement,
            "a=(b c); if [[ -v a[1] ]]; then trace a; else trace b; fi",
            newer: "trace a; trace b",
            older: "trace a; trace b",
            either: "trace a; trace b",
            alike: ("a=b; if [[ -n $a ]]; then trace a; fi", "trace a")
        ),
        VersionExample(
            .conditionalPositional,
            "set -- a; [[ -v 1 ]] && trace a || trace b",
            newer: "trace a; trace b",
            older: "trace a; trace b",
            either: "trace a; trace b",
            alike: ("set -- a; [[ -n $1 ]] && trace a", "trace a")
        ),
        VersionExample(
            .conditionalNegatedTwice,
            "[[ ! ! -n a ]] && trace a || trace b",
            newer: "trace a; trace b",
            older: "trace a; trace b",
            either: "trace a; trace b",
            alike: ("[[ ! -n a ]] && trace a || trace b", "trace a; trace b")
        ),
        VersionExample(
            .descriptorVariable,
            "trace a {b}> /dev/null",
            newer: "trace a",
            older: "trace a {b}",
            either: "trace a; trace a {b}",
            alike: ("trace a 3> /dev/null", "trace a")
        ),
        VersionExample(
            .descriptorElement,
            "trace {b[1]}> /dev/null a",
            newer: "trace a",
            older: "trace {b[1]} a",
            either: "trace a; trace {b[1]} a",
            alike: ("exec {b[1]}> /dev/null; trace a", "trace a")
        ),
        VersionExample(
            .hereDocumentBehindSubstitution,
            "trace $(cat <<E)\nreboot\nE\n",
            newer: "refused",
            older: "refused",
            either: "refused",
            alike: ("trace \"$(trace a <<E\nb\nE\n)\"", "trace a; trace <text>")
        ),
        VersionExample(
            .eagerSubstitution,
            "false && trace $(fi); trace a",
            newer: "refused",
            older: "refused",
            either: "refused",
            alike: ("false && trace $(:); trace a", "trace; trace a")
        ),
        VersionExample(
            .eagerPatterns,
            "f() { trace $(trace @(a)); }; trace b",
            newer: "refused",
            older: "refused",
            either: "refused",
            alike: ("f() { trace @a; }; trace b", "trace b")
        ),
    ]
}
