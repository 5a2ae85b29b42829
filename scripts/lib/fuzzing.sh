# Fuzzers: how they are built, and what they start from. Sourced, never run.

modules=.build-fuzz/modules
# What the reader of YAML is, as SwiftPM has fetched it.
yams=.build/checkouts/Yams

# instrumented ARGUMENT…: the compiler, with the instruments of libFuzzer.
instrumented() {
    swiftc -O -g -sanitize=fuzzer,address -parse-as-library -I "$modules" -I "$yams/Sources/CYaml/include" \
        "${includes[@]}" "$@"
}

# compile MODULE ARGUMENT…: Swift as it is written here.
compile() {
    instrumented -swift-version 6 -package-name sallyport -module-name "$1" \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
        -enable-upcoming-feature MemberImportVisibility \
        -enable-upcoming-feature NonisolatedNonsendingByDefault "${@:2}"
}

# What each module stands on, as Package.swift has it.
declare -A below=(
    [PlainText]=''
    [ShellSyntax]=''
    [Recording]=''
    [SSHWire]='PlainText'
    [SessionProtocol]='SSHWire'
    [StrictYAML]='PlainText Yams'
    [CommandAnalysis]='ShellSyntax'
    [SSHKeys]='PlainText SSHWire CryptoExtras'
    [PolicyEngine]='CommandAnalysis PlainText SSHWire ShellSyntax StrictYAML'
    [MessageSockets]='CSystem SessionProtocol'
    [AuditTrail]='GRDB'
    [RecordingStore]='PlainText Recording CryptoExtras'
    [SSH]='CLibSSH SSHWire'
    [Sandbox]='CSeccomp CSystem SessionProtocol'
    [SessionProcess]='SSH SSHWire Recording Sandbox SessionProtocol MessageSockets CSystem'
    [Authority]='AuditTrail CSystem CommandAnalysis MessageSockets PlainText PolicyEngine Recording
        RecordingStore SSHKeys SSHWire SessionProtocol StrictYAML CoreMetrics CryptoExtras Logging'
)

# need NAME…: compiles modules with all that they stand on; the fuzzer is linked with them.
need() {
    local name
    for name; do
        [[ ! -v is_needed[$name] ]] || continue
        is_needed[$name]=1
        case $name in
        CLibSSH | CSystem | CSeccomp) c_module "$name" ;;
        Yams) yaml_reader ;;
        CryptoExtras)
            ready_made Crypto _CryptoExtras CryptoExtras CryptoBoringWrapper SwiftASN1 CXKCP CXKCPShims \
                CCryptoBoringSSL CCryptoBoringSSLShims
            ;;
        GRDB)
            ready_made GRDB
            includes+=(-I .build/checkouts/GRDB.swift/Sources/GRDBSQLite)
            libraries+=(-lsqlite3)
            ;;
        CoreMetrics | Logging) ready_made "$name" ;;
        *) swift_module "$name" ;;
        esac
    done
}

# swift_module NAME: compiles a module, unless nothing changed in it and in the modules below it.
#
# What is internal in it can be imported by a fuzzer, as by a test.
swift_module() {
    local name=$1 sources under
    # shellcheck disable=SC2206 # They are words.
    under=(${below[$name]})
    need "${under[@]}"
    under=("${under[@]/#/$modules/}")
    objects+=("$modules/$name.o")
    mapfile -t sources < <(find "Sources/$name" -name '*.swift')
    is_old "$modules/$name.o" "${sources[@]}" "${under[@]/%/.o}" || return 0
    say "compiling $name"
    compile "$name" -enable-testing -wmo -emit-module -emit-module-path "$modules/$name.swiftmodule" \
        -c "${sources[@]}" -o "$modules/$name.o"
    # The compiler leaves a file that would be the same.
    touch "$modules/$name.o"
}

# c_module NAME: compiles a module in C.
c_module() {
    local name=$1
    objects+=("$modules/$name.o")
    # As SwiftPM does for a folder of headers.
    mkdir -p "$modules/$name"
    printf 'module %s {\n    umbrella "%s"\n    export *\n}\n' "$name" "$PWD/Sources/$name/include" \
        >"$modules/$name/module.modulemap"
    includes+=(-I "$modules/$name" -I "Sources/$name/include")
    case $name in
    CLibSSH) libraries+=(-lssh -lcrypto) ;;
    CSeccomp) libraries+=(-lseccomp) ;;
    esac
    is_old "$modules/$name.o" "Sources/$name"/*.c "Sources/$name/include"/* || return 0
    say "compiling $name"
    clang -O1 -g -fsanitize=fuzzer-no-link,address -r -nostdlib -I "Sources/$name/include" \
        "Sources/$name"/*.c -o "$modules/$name.o"
}

# ready_made NAME…: what others have written is taken as SwiftPM has built it, without instruments.
ready_made() {
    local name file newest
    for name; do
        [[ -d .build/debug/$name.build ]] || run_swift build
        mapfile -t -O "${#objects[@]}" objects < <(find ".build/debug/$name.build" -name '*.o')
        file=.build/debug/Modules/$name.swiftmodule
        [[ ! -f $file ]] || ln -sf "$PWD/$file" "$modules/"
        # Whoever stands on it asks whether it is new, as SwiftPM's folder is with every build.
        newest=$(find ".build/debug/$name.build" -name '*.o' -printf '%T@ %p\n' | sort -n | tail -n 1)
        [[ -z $newest ]] || touch -r "${newest#* }" "$modules/$name.o"
    done
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
    local target=$1 objects=() beside=() includes=() libraries=() support=Tests/TestSupport/SeededGenerator.swift
    declare -A is_needed=()
    mkdir -p "$modules"
    case $target in
    PolicyEngine | Evasions)
        need PolicyEngine
        beside=(Tests/Fuzz/Shipped.swift)
        ;;
    SessionProtocol)
        need SessionProtocol
        beside=(Tests/SessionProtocolTests/SampleMessages.swift Tests/Fuzz/Seeds.swift)
        ;;
    SSHKeys)
        need SSHKeys
        beside=(Tests/Fuzz/Seeds.swift)
        ;;
    Addressing)
        need PolicyEngine
        beside=(Tests/Fuzz/Seeds.swift)
        ;;
    SessionProcess)
        need SessionProcess
        beside=(Tests/SessionProtocolTests/SampleMessages.swift Tests/Fuzz/Seeds.swift)
        ;;
    Connections)
        need Authority
        beside=(
            Tests/AuthorityTests/Support/{ProcessUnderTest,Verdict+Sample,World,World+Judging}.swift
            Tests/SessionProtocolTests/SampleMessages.swift Tests/Fuzz/Seeds.swift
        )
        ;;
    Configuration) need Authority ;;
    ProxyHeader) need SSHWire ;;
    *) need "$target" ;;
    esac
    if [[ $target == Evasions ]]; then
        is_needed[TestSupport]=1
        objects+=("$modules/TestSupport.o")
        compile TestSupport -wmo -emit-module -emit-module-path "$modules/TestSupport.swiftmodule" \
            -c "$support" -o "$modules/TestSupport.o"
        beside+=(Tests/PolicyEngineTests/Evasions/{Encoding,EvasionGenerator*,Payload}.swift)
    fi
    # The list of what the sanitizer exports has names that are local; the linker says so of each.
    compile Fuzz "Tests/Fuzz/${target}Fuzzer.swift" "${beside[@]}" "${objects[@]}" "${libraries[@]}" \
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
    SSHWire) make_key_seeds "$folder" ;;
    ProxyHeader) make_proxy_seeds "$folder" ;;
    Configuration) make_configuration_seeds "$folder" ;;
    # It makes its seeds itself, before it reads the first.
    *) SALLYPORT_SEEDS=$folder ".build-fuzz/$target/fuzzer" -runs=0 >"$folder.log" 2>&1 ;;
    esac
}

# make_proxy_seeds FOLDER: a header of each family and command that counts, and one with an extension.
make_proxy_seeds() {
    local signature='\r\n\r\n\000\r\nQUIT\n'
    printf '%b' "$signature"'\041\021\000\014\300\000\002\001\306\063\144\002\303\120\000\026' >"$1/4"
    printf '%b' "$signature"'\041\041\000\044sixteen bytes, 1sixteen bytes, 2\303\120\000\026' >"$1/6"
    printf '%b' "$signature"'\040\000\000\000' >"$1/local"
    printf '%b' "$signature"'\041\021\000\022eight by\303\120\000\026\004\000\003abc' >"$1/extended"
}

# make_configuration_seeds FOLDER: what the documents show of settings and inventories, whole and by top level key,
# cases as they are shipped, and the report of a script.
make_configuration_seeds() {
    local folder=$1 piece number=0
    while IFS= read -rd '' piece; do
        number=$((number + 1))
        printf '%s' "$piece" >"$folder/$number"
    done < <(
        cut_examples s docs/formats/settings.md
        cut_examples i docs/formats/inventory.md
    )
    printf 'jtargets:\n  a: {}\n\0grants:\n  - {name: a}\n' >"$folder/two"
    for piece in policies/*.cases; do
        { printf c && head -n 40 "$piece"; } >"$folder/${piece##*/}"
    done
    printf 'rx\nsallyport-end v7 0 ended=1 left=0 uncertain=0 older=0\nsallyport-signal v7 sent=1\n' >"$folder/report"
}

# cut_examples LETTER FILE: the YAML in a document, as a whole and each of its top level keys, behind a letter.
cut_examples() {
    awk -v letter="$1" '
        function finish() {
            if (text != "") printf "%s%s%c", letter, text, 0
            text = ""
        }
        /^```/ { if (isInside) { finish(); printf "%s%s%c", letter, whole, 0; whole = "" }; isInside = !isInside; next }
        !isInside { next }
        /^[a-z]/ { finish() }
        { text = text $0 "\n"; whole = whole $0 "\n" }
    ' "$2"
}

# make_key_seeds FOLDER: keys, certificates and signatures of ssh-keygen's, each behind the letter of what it is,
# and texts of the other kinds. The keys are made for this, and gone before anything is fuzzed.
make_key_seeds() (
    folder=$1
    here=$(mktemp --directory --tmpdir sallyport-XXXXXX)
    trap 'rm -rf "$here"' EXIT
    kinds=('ed25519' 'ecdsa -b 256' 'ecdsa -b 384' 'ecdsa -b 521' 'rsa -b 2048')
    for number in "${!kinds[@]}"; do
        key=$here/$number
        # shellcheck disable=SC2086 # It is two words.
        ssh-keygen -q -N '' -C "key $number" -f "$key" -t ${kinds[number]}
        ssh-keygen -q -s "$here/0" -I "id $number" -n deploy,root -z "$number" -V -1m:+1h -O clear \
            -O force-command='echo a' -O source-address=192.0.2.0/24,2001:db8::/32 -O permit-pty "$key.pub"
        ssh-keygen -q -Y sign -n file -f "$key" "$key.pub" 2>/dev/null
        cut -d ' ' -f 2 "$key.pub" | { printf k && base64 --decode; } >"$folder/key-$number"
        cut -d ' ' -f 2 "$key-cert.pub" | { printf c && base64 --decode; } >"$folder/certificate-$number"
        { printf l && cat "$key.pub"; } >"$folder/line-$number"
        # The signature is the last string of what stands between the two lines.
        grep -v '^-' "$key.pub.sig" | base64 --decode >"$here/sig"
        python3 "$repository/scripts/lib/cutting.py" "$here/sig" "$key.pub" "$folder" "$number"
    done
    { printf p && cat "$here/0"; } >"$folder/file"
    printf 'i::ffff:192.0.2.1' >"$folder/address"
    printf 'i2001:db8::1' >"$folder/address-6"
    printf 'r192.0.2.0/24,2001:db8::/32,198.51.100.7' >"$folder/ranges"
    printf 'bAAAAC3NzaC1lZDI1NTE5' >"$folder/base64"
    printf 'nrsa-sha2-512-cert-v01@openssh.com' >"$folder/algorithm"
)

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
