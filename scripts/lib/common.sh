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
