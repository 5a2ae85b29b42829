# What every script here begins with. Sourced, never run.

set -euo pipefail

program=$(basename "$0")
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s: %s\n' "$program" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

is_root() { [[ $EUID -eq 0 ]]; }

# run_swift COMMAND ARGUMENT…: of SwiftPM.
#
# It and its compilers leave a folder in TMPDIR for each thing they compile; these go with it. Without
# colours, a build for a terminal is the same as one for a pipe, and nothing is compiled twice.
run_swift() (
    TMPDIR=$(mktemp --directory --tmpdir sallyport-XXXXXX)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
    swift "$1" --no-color-diagnostics "${@:2}"
)

# await SECONDS COMMAND…: until COMMAND succeeds; fails when the time is over.
#
# The pause only spares the processor: what is waited for is the event, not the time.
await() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS <= deadline)) || return 1
        sleep 0.05
    done
}
