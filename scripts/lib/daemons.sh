# Programs of a lab that run in the background. Sourced after common.sh; `lab` is the lab's folder.
#
# `$lab/run/NAME` holds a program's process id and when it started, in the kernel's ticks: an id
# alone may belong to somebody else by the time it is ended.

# When a process started; fails where it is gone, or dead and not yet reaped.
start_time() {
    local status
    { status=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    # The name in parentheses may hold anything.
    read -ra status <<<"${status##*) }"
    [[ ${status[0]} != Z ]] && printf '%s' "${status[19]}"
}

# Prints the process id of a program of this lab that runs.
daemon_pid() {
    local pid started
    { read -r pid started <"$lab/run/$1"; } 2>/dev/null || return 1
    [[ -n $started && $(start_time "$pid") == "$started" ]] && printf '%s' "$pid"
}

# start_daemon NAME COMMAND…: in a session of its own, with nothing of our environment or files.
start_daemon() {
    local name=$1 pid
    shift
    (
        for descriptor in /proc/self/fd/*; do
            descriptor=${descriptor##*/}
            ((descriptor < 3)) || eval "exec $descriptor>&-"
        done
        exec setsid env --ignore-environment HOME="$HOME" LANG=C.UTF-8 \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ) </dev/null >>"$lab/log/$name" 2>&1 &
    pid=$!
    disown "$pid"
    printf '%s %s\n' "$pid" "$(start_time "$pid" || true)" >"$lab/run/$name"
}

# All processes that came from one, which is not among them.
descendants() {
    local -A children=()
    local file fields pid queue=("$1")
    for file in /proc/[0-9]*/stat; do
        { fields=$(<"$file"); } 2>/dev/null || continue
        pid=${file#/proc/}
        read -ra fields <<<"${fields##*) }"
        children[${fields[1]}]+=" ${pid%/stat}"
    done
    while ((${#queue[@]} > 0)); do
        local next=()
        for pid in "${queue[@]}"; do
            # shellcheck disable=SC2206 # words on purpose
            next+=(${children[$pid]:-})
        done
        ((${#next[@]} == 0)) || printf '%s\n' "${next[@]}"
        queue=("${next[@]}")
    done
}

# stop_daemon NAME: with all that came from it; nothing where it does not run.
#
# The daemon alone is asked to end, as it ends what it has started in its own order. What is left of
# that a moment later, or came from nobody any more, is ended here.
stop_daemon() {
    local name=$1 pid child started
    if pid=$(daemon_pid "$name"); then
        local -A family=([$pid]=$(start_time "$pid"))
        for child in $(descendants "$pid"); do
            # What ended meanwhile is none of ours any more.
            if started=$(start_time "$child"); then family[$child]=$started; fi
        done
        kill -s TERM "$pid" 2>/dev/null || true
        await 5 is_gone "$pid" "${family[$pid]}" || true
        await 1 is_family_gone || signal_family TERM
        await 5 is_family_gone || signal_family KILL
        await 5 is_family_gone || say "$name did not end: ${!family[*]}"
    fi
    rm -f "$lab/run/$name"
}

# These two see stop_daemon's `family`: process ids and when each started.
signal_family() {
    local pid
    for pid in "${!family[@]}"; do
        if [[ $(start_time "$pid") == "${family[$pid]}" ]]; then
            kill -s "$1" "$pid" 2>/dev/null || true
        fi
    done
}

is_gone() { [[ $(start_time "$1") != "$2" ]]; }

is_family_gone() {
    local pid
    for pid in "${!family[@]}"; do
        if [[ $(start_time "$pid") == "${family[$pid]}" ]]; then return 1; fi
    done
}

# A port that is probably free; who listens there finds out. Below the ports that the kernel gives
# to outgoing connections.
some_port() { printf '%s' $((SRANDOM % 12000 + 20000)); }

# start_listening NAME READY FUNCTION: calls FUNCTION PORT, which starts daemon NAME, with other ports
# until one is free; sets `port`. A daemon listens when its log has READY in it. A lab that comes up
# again keeps its ports.
start_listening() {
    local name=$1 ready=$2 start=$3 tries
    port=$(cat "$lab/run/$name.port" 2>/dev/null || some_port)
    for tries in {1..20}; do
        : >"$lab/log/$name"
        "$start" "$port"
        if await 120 has_settled "$name" "$ready" && daemon_pid "$name" >/dev/null; then
            printf '%s\n' "$port" >"$lab/run/$name.port"
            return
        fi
        grep --quiet --ignore-case 'address already in use' "$lab/log/$name" || break
        port=$(some_port)
    done
    tail -n 20 "$lab/log/$name" >&2
    die "$name does not start (tried $tries times); the end of its log is above"
}

# Whether a daemon listens, or ended.
has_settled() {
    grep --quiet --fixed-strings -e "$2" "$lab/log/$1" || ! daemon_pid "$1" >/dev/null
}
