# What runs end-to-end tests has in common. Sourced after common.sh.

build_tests() {
    say "building"
    run_swift build --build-tests --explicit-target-dependency-import-check error
}

# run_tests ARGUMENT…: of what build_tests made.
run_tests() { run_swift test --skip-build --disable-xctest "$@"; }

# make_test_folder: here the tests make their labs, so that none outlives a crash of theirs, nor this
# script.
make_test_folder() {
    SALLYPORT_TEST_FOLDER=$(mktemp --directory --tmpdir "sallyport-$program-XXXXXX")
    export SALLYPORT_TEST_FOLDER
    # The accounts on the targets pass through.
    chmod 0711 "$SALLYPORT_TEST_FOLDER"
    trap remove_test_folder EXIT
}

remove_test_folder() {
    local lab
    for lab in "$SALLYPORT_TEST_FOLDER"/*/run; do
        [[ ! -d $lab ]] || "$repository/scripts/lab" down "${lab%/run}"
    done
    rm -rf "$SALLYPORT_TEST_FOLDER"
}
