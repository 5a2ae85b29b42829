import ShellSyntax

// Arrays, attributes and arithmetic.

extension VersionExample {
    static let arrays = [
        VersionExample(
            .braceInElement,
            "a=([0]={x,y}); trace \"${a[@]}\"",
            newer: "trace {x,y}",
            older: "trace <text>…",
            either: "trace <text>…",
            alike: ("a=([0]=x); trace \"${a[@]}\"", "trace x")
        ),
        VersionExample(
            .unsetOfElements,
            "a=(b); unset 'a[@]'; trace \"${a[@]-none}\"",
            newer: "trace none",
            older: "trace none",
            either: "trace <text>…; trace none",
            alike: ("a=(b); unset a; trace \"${a[@]-none}\"", "trace none")
        ),
        VersionExample(
            .keyExpandedOnce,
            "declare -A a; k='$(trace b)'; ((a[$k] = 1))",
            newer: "",
            older: "trace b",
            either: "trace b; trace b; dynamic",
            alike: ("a=(1); k=0; ((a[$k] = 1)); trace c", "trace c")
        ),
        VersionExample(
            .keyExpandedOnce,
            "declare -A a; k=$(trace c); ((a[$k] = 1))",
            newer: "trace c",
            older: "trace c; dynamic",
            either: "trace c; dynamic",
            alike: ("a=(1); k=$(trace c); ((a[$k] = 1))", "trace c; dynamic")
        ),
        VersionExample(
            .subscriptExpandedOnce,
            "declare -A a=([b]=1); k='$(trace b)'; c=(p q); : ${c[a[$k]]}",
            newer: "",
            older: "trace b",
            either: "trace b; trace b; dynamic",
            alike: ("c=(p q); k='$(trace b)'; : ${c[0]}; trace \"$k\"", "trace $(trace b)")
        ),
        VersionExample(
            .offsetExpandedOnce,
            "declare -A a=([b]=1); k='$(trace b)'; x=pqr; : ${x:a[$k]}",
            newer: "",
            older: "trace b",
            either: "trace b; trace b; dynamic",
            alike: ("x=pqr; k=1; trace ${x:$k}", "trace qr")
        ),
        VersionExample(
            .conditionalKeyExpandedOnce,
            "declare -A a=([b]=c); k='$(trace b)'; [[ -v a[$k] ]]",
            newer: "trace b; dynamic",
            older: "trace b; dynamic",
            either: "trace b; dynamic",
            alike: ("k='$(trace b)'; [[ -n $k ]]; trace c", "trace c")
        ),
        VersionExample(
            .compatibilityLevel,
            #"BASH_COMPAT=4.2; trace $'\u41'"#,
            newer: #"trace A; trace \u41"#,
            older: #"trace A; trace \u41"#,
            either: #"trace A; trace \u41"#,
            alike: ("BASH_COMPAT=4.2; trace a", "trace a")
        ),
        VersionExample(
            .negativeSubscript,
            "a=(b c); trace \"${a[-1]}\"",
            newer: "trace c",
            older: "trace ",
            either: "trace c; trace ",
            alike: ("a=(b c); trace \"${a[1]}\"", "trace c")
        ),
        VersionExample(
            .reference,
            "r=x; declare -n r=q; q=y; trace \"$r\"",
            newer: "trace y",
            older: "trace x",
            either: "trace y; trace x",
            alike: ("r=x; declare r=q; trace \"$r\"", "trace q")
        ),
        VersionExample(
            .reference,
            "q=x; declare -n r=q; r=y; trace \"$q\"",
            newer: "trace y",
            older: "trace x",
            either: "trace y; trace x",
            alike: ("q=x; r=q; r=y; trace \"$q\"", "trace x")
        ),
        VersionExample(
            .caseAttributes,
            "declare -u a; a=b; trace \"$a\"",
            newer: "trace B",
            older: "trace b",
            either: "trace B; trace b; trace ",
            alike: ("declare a; a=b; trace \"$a\"", "trace b")
        ),
        VersionExample(
            .associativeArray,
            "declare -A m=([a]=x [b]=y); trace \"${m[a]}\"",
            newer: "trace x",
            older: "trace x; trace y",
            either: "trace x; trace y",
            alike: ("declare -A m=([b]=y); trace \"${m[b]}\"", "trace y")
        ),
        VersionExample(
            .lastCommandInShell,
            "shopt -s lastpipe; b=c; printf '%s\\n' a | read -r b; trace \"$b\"",
            newer: "trace c; trace a",
            older: "trace c; trace a",
            either: "trace c; trace a",
            alike: ("b=c; printf '%s\\n' a | read -r b; trace \"$b\"", "trace c")
        ),
    ]
}
