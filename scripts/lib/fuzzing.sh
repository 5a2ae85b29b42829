# Fuzzers: how they are built, and what they start from. Sourced, never run.

modules=.build-fuzz/modules

# compile MODULE ARGUMENT…: with the instruments of libFuzzer.
compile() {
    swiftc -O -g -swift-version 6 -package-name sallyport -parse-as-library -module-name "$1" \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
        -enable-upcoming-feature MemberImportVisibility -sanitize=fuzzer,address \
        -enable-upcoming-feature NonisolatedNonsendingByDefault -I "$modules" "${@:2}"
}

# module NAME [BELOW…]: compiles a folder of Sources, unless nothing changed in it and in what it stands on.
module() {
    local name=$1 sources
    mapfile -t sources < <(find "Sources/$name" -name '*.swift')
    is_old "$modules/$name.o" "${sources[@]}" "${@:2}" || return 0
    say "compiling $name"
    compile "$name" -wmo -emit-module -emit-module-path "$modules/$name.swiftmodule" \
        -c "${sources[@]}" -o "$modules/$name.o"
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
    local target=$1 objects=("$modules/ShellSyntax.o")
    mkdir -p "$modules"
    module ShellSyntax
    if [[ $target == CommandAnalysis ]]; then
        module CommandAnalysis "${objects[@]}"
        objects+=("$modules/CommandAnalysis.o")
    fi
    compile Fuzz "Tests/Fuzz/${target}Fuzzer.swift" "${objects[@]}" -o ".build-fuzz/$target/fuzzer"
}

# make_seeds TARGET FOLDER: lines of the corpus, each behind a byte that chooses the circumstances.
#
# Of ShellSyntax `@` is bash, `A` dash, `F` bash with all options; of CommandAnalysis they choose dialect,
# login, input and terminal.
make_seeds() {
    local target=$1 folder=$2 number=0 line
    mkdir -p "$folder"
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
