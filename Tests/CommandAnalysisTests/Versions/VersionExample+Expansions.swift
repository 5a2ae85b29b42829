import ShellSyntax

// What words expand to.

extension VersionExample {
    static let expansions = [
        VersionExample(
            .zeroOfPositionals,
            "set -- a b; trace \"${@:0}\"",
            newer: "trace <text> a b",
            older: "trace a b",
            either: "trace <text> a b; trace a b",
            alike: ("set -- a b; trace \"${@:1}\"", "trace a b")
        ),
        VersionExample(
            .matchInReplacement,
            "a=bcd; trace \"${a/c/[&]}\"",
            newer: "trace b[c]d",
            older: "trace b[&]d",
            either: "trace b[c]d; trace b[&]d",
            alike: ("a=bcd; trace \"${a/c/[\\&]}\" ${a/?/\"&\"}", "trace b[&]d &cd")
        ),
        VersionExample(
            .quotesInReplacement,
            "a=bcd; trace \"${a/c/'x'}\"",
            newer: "trace bxd",
            older: "trace b'x'd",
            either: "trace bxd; trace b'x'd",
            alike: ("a=bcd; trace ${a/c/'x'}", "trace bxd")
        ),
        VersionExample(
            .quotesInReplacement,
            "a=bcd; trace \"${a/c/'$(trace e)'}\"",
            newer: "trace b$(trace e)d",
            older: "trace e; trace <text>",
            either: "trace e; trace b$(trace e)d; trace <text>",
            alike: ("a=bcd; trace ${a/c/'$(trace e)'}", "trace b$(trace e)d")
        ),
        VersionExample(
            .nocasematchInReplacement,
            "shopt -s nocasematch; a=BC; trace \"${a/b/x}\"",
            newer: "trace <text>",
            older: "trace BC",
            either: "trace <text>; trace BC",
            alike: ("a=BC; trace \"${a/b/x}\"", "trace BC")
        ),
        VersionExample(
            .posixQuotesInOperand,
            "set -o posix\nunset a; trace \"${a-'}'}\"",
            newer: "trace ''}",
            older: "trace ''}; dynamic",
            either: "trace ''}; dynamic",
            alike: ("set -o posix\nunset a; trace \"${a-b}'\"", "trace b'")
        ),
        VersionExample(
            .assignedDefault,
            "declare -i a; trace \"${a:=1+1}\"",
            newer: "trace 2",
            older: "trace 1+1",
            either: "trace 2; trace 1+1",
            alike: ("unset a; trace \"${a:=1+1}\"", "trace 1+1")
        ),
        VersionExample(
            .unicodeEscapes,
            #"trace $'\u41'"#,
            newer: "trace A",
            older: #"trace \u41"#,
            either: #"trace A; trace \u41"#,
            alike: (#"trace $'\x41\\u41'"#, #"trace A\u41"#)
        ),
        VersionExample(
            .unicodeEscapes,
            #"trace "$(printf '\u41')""#,
            newer: "trace A",
            older: "trace <text>",
            either: "trace <text>",
            alike: (#"trace "$(printf '\101')""#, "trace A")
        ),
        VersionExample(
            .bracePadding,
            "trace {08..10}",
            newer: "trace 08 09 10",
            older: "trace 8 9 10",
            either: "trace 08 09 10; trace 8 9 10",
            alike: ("trace {8..10} {0..1}", "trace 8 9 10 0 1")
        ),
        VersionExample(
            .bracePadding,
            "for i in {08..09}; do trace $i; done",
            newer: "trace 08; trace 09",
            older: "trace 8; trace 9",
            either: "trace 08; trace 09; trace 8; trace 9",
            alike: ("for i in {8..9}; do trace $i; done", "trace 8; trace 9")
        ),
        VersionExample(
            .braceStep,
            "trace {1..5..2}",
            newer: "trace 1 3 5",
            older: "trace {1..5..2}",
            either: "trace 1 3 5; trace {1..5..2}",
            alike: ("trace {1..5}", "trace 1 2 3 4 5")
        ),
        VersionExample(
            .braceBehindNoSequence,
            "trace {1..a}{b,c}",
            newer: "trace {1..a}b {1..a}c",
            older: "trace {1..a}b {1..a}c; trace <text>…",
            either: "trace {1..a}b {1..a}c; trace <text>…",
            alike: ("trace {b,c}{1..a}", "trace b{1..a} c{1..a}")
        ),
        VersionExample(
            .posixTildeBehindColon,
            "set -o posix\ntrace a=b:~",
            newer: "trace a=b:~",
            older: "trace <text>",
            either: "trace a=b:~; trace <text>",
            alike: ("set -o posix\ntrace a=b:c", "trace a=b:c")
        ),
        VersionExample(
            .dotFilesSkipped,
            "trace .*",
            newer: "trace .*",
            older: "trace . .. .*",
            either: "trace .*; trace . .. .*",
            alike: ("trace .[!.]* .??* *.x", "trace .** .*** *.x")
        ),
        VersionExample(
            .dotFilesSkipped,
            "trace a/.*/b",
            newer: "trace a/.*/b",
            older: "trace a/./b a/../b a/.*/b",
            either: "trace a/.*/b; trace a/./b a/../b a/.*/b",
            alike: ("trace a/*/.b", "trace a/*/.b")
        ),
        VersionExample(
            .caseChange,
            "a=(b c); trace \"${a[@]^}\"",
            newer: "trace B C",
            older: "trace b c",
            either: "trace B C; trace b c",
            alike: ("a=(b c); trace \"${a[@]}\"", "trace b c")
        ),
        VersionExample(
            .lowerTransformation,
            "a=(B C); trace \"${a[@]@L}\"",
            newer: "trace b c",
            older: "trace B C",
            either: "trace b c; trace B C",
            alike: ("a=B; trace \"${a@L}\"", "trace b")
        ),
    ]
}
