#!/bin/bash
# few-ports.sh DIR: ends one session while others begin, where the kernel has hardly any ports.
#
# Runs in a network of its own (`unshare --net`), with a lab in DIR. There the port of a transport
# that is gone is soon given to another one. The ended session ignores TERM, so that ending it takes
# a while. Prints `through` for each of nine others that came to its own end.

source "$(dirname "$0")/../../scripts/lib/common.sh"

lab=$1
mkdir -p "$lab"
chmod 0711 "$lab"
ip link set lo up
echo '40000 40011' >/proc/sys/net/ipv4/ip_local_port_range
trap '"$repository/scripts/lab" down "$lab"; rm -rf "$lab"' EXIT
"$repository/scripts/lab" up "$lab" >&2

client() { exec ssh -F "$lab/ssh_config" alice.web1 "$1"; }

# The kernel keeps a port from others for a second after its connection is closed.
is_free() {
    local state
    state=$(ss --tcp --numeric --options state all "sport = :$port and dport = :$sshd")
    ! grep --quiet -e ESTAB -e FIN-WAIT -e '1min' -e '59sec' <<<"$state"
}

is_gone() { [[ ! -d /proc/$command ]]; }

client "trap '' TERM; echo \$SSH_CONNECTION \$\$; sleep 60; sleep 60" >"$lab/ended" &
ended=$!
await 20 test -s "$lab/ended"
read -r _ port _ sshd command <"$lab/ended"
kill -KILL "$ended"
await 10 is_free

# They wait for the end of their input, which is the same for all.
mkfifo "$lab/gate"
exec {gate}<>"$lab/gate"
others=()
for other in {1..9}; do
    client 'read -r _; echo through' <"$lab/gate" >"$lab/other.$other" 2>&1 {gate}>&- &
    others+=($!)
done
await 20 is_gone
exec {gate}>&-
wait "${others[@]}" || true
for other in {1..9}; do tail -n 1 "$lab/other.$other"; done
