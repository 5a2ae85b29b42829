# Fuzzers: how they are built, and what they start from. Sourced, never run.

modules=.build-fuzz/modules
# What the reader of YAML is, as SwiftPM has fetched it.
yams=.build/checkouts/Yams

# instrumented ARGUMENT…: the compiler, with the instruments of libFuzzer.
instrumented() {
    swiftc -O -g -sanitize=fuzzer,address -parse-as-library -I "$modules" -I "$yams/Sources/CYaml/include" "$@"
}

# compile MODULE ARGUMENT…: Swift as it is written here.
compile() {
    instrumented -swift-version 6 -package-name sallyport -module-name "$1" \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
        -enable-upcoming-feature MemberImportVisibility \
        -enable-upcoming-feature NonisolatedNonsendingByDefault "${@:2}"
}

# module NAME PATH [BELOW…]: compiles what is in a path, unless nothing changed in it and in the modules
# that it stands on; the fuzzer is linked with it.
module() {
    local name=$1 sources below=("${@:3}")
    objects+=("$modules/$name.o")
    below=("${below[@]/#/$modules/}")
    mapfile -t sources < <(find "$2" -name '*.swift')
    is_old "$modules/$name.o" "${sources[@]}" "${below[@]/%/.o}" || return 0
    say "compiling $name"
    compile "$name" -wmo -emit-module -emit-module-path "$modules/$name.swiftmodule" \
        -c "${sources[@]}" -o "$modules/$name.o"
}

# yaml_reader: compiles the reader of YAML, in C and in Swift.
yaml_reader() {
    [[ -d $yams ]] || run_swift package resolve
    objects+=("$modules/CYaml.o" "$modules/Yams.o")
    is_old "$modules/Yams.o" "$yams"/Sources/{CYaml/src,Yams}/* || return 0
    say "compiling Yams"
    clang -O1 -g -fsanitize=fuzzer-no-link,address -DYAML_DECLARE_STATIC -r -nostdlib \
        -I "$yams/Sources/CYaml/include" "$yams"/Sources/CYaml/src/*.c -o "$modules/CYaml.o"
    instrumented -swift-version 5 -module-name Yams -DSWIFT_PACKAGE -suppress-warnings -wmo -emit-module \
        -emit-module-path "$modules/Yams.swiftmodule" -c "$yams"/Sources/Yams/*.swift -o "$modules/Yams.o"
}

# is_old OBJECT FILE…: whether an object is missing, or older than any of these files.
is_old() {
    local object=$1 file
    [[ -f $object ]] || return 0
    for file in "${@:2}"; do
        [[ ! $file -nt $object ]] || return 0
    done
    return 1
}

# build_fuzzer TARGET: leaves `fuzzer` in the target's folder.
build_fuzzer() {
    local target=$1 objects=() beside=()
    mkdir -p "$modules"
    module ShellSyntax Sources/ShellSyntax
    [[ $target == ShellSyntax ]] || module CommandAnalysis Sources/CommandAnalysis ShellSyntax
    if [[ $target == PolicyEngine || $target == Evasions ]]; then
        yaml_reader
        module PlainText Sources/PlainText
        module SSHWire Sources/SSHWire PlainText
        module StrictYAML Sources/StrictYAML PlainText Yams
        module PolicyEngine Sources/PolicyEngine CommandAnalysis SSHWire StrictYAML
        beside=(Tests/Fuzz/Shipped.swift)
    fi
    if [[ $target == Evasions ]]; then
        module TestSupport Tests/TestSupport/SeededGenerator.swift
        beside+=(Tests/PolicyEngineTests/Evasions/{Encoding,EvasionGenerator*,Payload}.swift)
    fi
    # The list of what the sanitizer exports has names that are local; the linker says so of each.
    compile Fuzz "Tests/Fuzz/${target}Fuzzer.swift" "${beside[@]}" "${objects[@]}" \
        -o ".build-fuzz/$target/fuzzer" 2> >(grep -v 'warning: Cannot export local symbol' >&2)
}

# make_seeds TARGET FOLDER: what the fuzzer of a target starts from.
make_seeds() {
    local target=$1 folder=$2
    mkdir -p "$folder"
    case $target in
    ShellSyntax | CommandAnalysis) make_line_seeds "$target" "$folder" ;;
    PolicyEngine) make_policy_seeds "$folder" ;;
    # Any bytes are a line.
    Evasions) printf 'a' >"$folder/1" ;;
    esac
}

# make_line_seeds TARGET FOLDER: lines of the corpus, each behind a byte that chooses the circumstances.
#
# Of ShellSyntax `@` is bash, `A` dash, `F` bash with all options; of CommandAnalysis they choose dialect,
# login, input and terminal.
make_line_seeds() {
    local target=$1 folder=$2 number=0 line
    while IFS= read -r line; do
        number=$((number + 1))
        case $((number % 3)) in
        0) printf '@%s' "$line" ;;
        1) printf 'A%s' "$line" ;;
        2) printf 'F%s' "$line" ;;
        esac >"$folder/$number"
    done < <(
        cat Tests/Fixtures/syntax/lines.txt
        [[ $target == ShellSyntax ]] || sed -n 's/^\$ //p' Tests/Fixtures/evasions/*.cases
    )
}

# make_policy_seeds FOLDER: rules, programs and command lines, each with something of the others.
make_policy_seeds() {
    local folder=$1 number=0 piece name line lines
    # Person or agent, bash or dash or a shell of any kind, what is known of its input.
    local choices=('\000' '\001' '\004' '\010' '\040' '\060' '\100' '\200' '\300')
    choose() {
        number=$((number + 1))
        line=${lines[number * 37 % ${#lines[@]}]}
        # shellcheck disable=SC2059 # It is one byte in octal.
        printf "${choices[number % ${#choices[@]}]}"
    }
    mapfile -t lines < <(sed -n 's/^\$ //p' policies/*.cases Tests/Fixtures/evasions/*.cases)
    while IFS= read -rd '' piece; do
        { choose && printf '%s\0\0%s' "$piece" "$line"; } >"$folder/rule-$number"
    done < <(cut_rules policies/*.yaml)
    while IFS= read -rd '' name && IFS= read -rd '' piece; do
        {
            choose
            printf 'policy: 1\nname: a\nrules:\n  - {id: a, permit: any, unless: {path: /etc/**}}\n\0'
            printf '%s\0%s a -b /etc/c | sudo %s --d=e\0%s' "$piece" "$name" "$name" "$line"
        } >"$folder/program-$number"
    done < <(cut_programs policies/knowledge/*.yaml)
    for ((; number < 2000; )); do
        { choose && printf '\0\0%s\0echo %s' "$line" "$number"; } >"$folder/line-$number"
    done
}

# cut_rules FILE…: of each rule a policy that has it alone, with the sets that it names.
cut_rules() {
    awk '
        function finish() {
            if (rule == "") return
            printf "policy: 1\nname: a\n"
            head = "sets:\n"
            for (name in sets) if (index(rule, "$" name)) { printf "%s%s", head, sets[name]; head = "" }
            printf "rules:\n%s%c", rule, 0
            rule = ""
        }
        FNR == 1 { finish(); delete sets; section = "" }
        /^[a-z]/ { section = $1 }
        /^ *#/ || /^$/ { next }
        section == "sets:" && /^  [a-z]/ { set = $1; sub(":", "", set) }
        section == "sets:" && /^  / { sets[set] = sets[set] $0 "\n" }
        section == "rules:" && /^  - / { finish() }
        section == "rules:" && /^  / { rule = rule $0 "\n" }
        END { finish() }
    ' "$@"
}

# cut_programs FILE…: of some programs the name, and the knowledge that has it alone.
cut_programs() {
    awk '
        function finish() {
            if (text != "" && length(text) < 2000 && ++count % 6 == 0)
                printf "%s%cknowledge: 1\nprograms:\n%s%c", name, 0, text, 0
            text = ""
        }
        FNR == 1 { finish(); section = "" }
        /^[a-z]/ { section = $1 }
        /^ *#/ || /^$/ || section != "programs:" { next }
        /^  [a-z]/ { finish(); name = $1; sub(":", "", name) }
        /^  / { text = text $0 "\n" }
        END { finish() }
    ' "$@"
}

# make_words FILE: the words of the formats of policies and knowledge, which chance would not find.
make_words() {
    {
        printf '"%s"\n' '\x00' '\x0a  - ' '\x0a    ' ': ' ', ' '\x0aknowledge: 1\x0aprograms:\x0a  ' \
            '**' '*' '$' '[' ']' '{' '}' '...' ' if ' ' unless ' 'use ' 'without script'
        grep -oh '"[A-Za-z][A-Za-z0-9.*-]*"' policies/*.schema.json
        grep -oh '`[A-Z]\{3,\}`' docs/formats/knowledge.md | tr '`' '"'
    } | LC_ALL=C sort -u >"$1"
}
