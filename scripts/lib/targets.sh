# The targets of a lab: plain sshd, each with its own host key and port. Sourced after the others.

# Their names, in order; and of each: logins, labels, further lines for its sshd_config and for its
# entry in the inventory.
targets=()
declare -A target_logins=() target_labels=() target_sshd=() target_keys=() target_addresses=()

# add_target NAME LABELS LOGIN…
add_target() {
    targets+=("$1")
    target_labels[$1]=$2
    target_logins[$1]=${*:3}
}

# Fills `targets` with the three that every lab has and with what `--with` asks for.
choose_targets() {
    local part
    add_target web1 '{env: production}' "$login"
    add_target db1 '{env: production}' "$login"
    add_target dev1 '{env: development}' "$login"
    for part; do
        is_root || [[ $part == direct || $part == crowded ]] ||
            die "--with $part makes accounts, which only root can"
        case $part in
            direct) ;;
            shells) add_shell_targets ;;
            pam)
                add_target pam1 '{env: development}' "$login"
                target_sshd[pam1]='UsePAM yes'
                ;;
            slow)
                add_target slow1 '{env: development}' "$login-slow"
                ensure_account "$login-slow" /bin/bash
                # Debian's bash reads it for every command of sshd.
                ensure_start_file "$login-slow" .bashrc 'sleep 3'
                ;;
            crowded)
                add_target crowded1 '{env: development}' "$login"
                target_sshd[crowded1]='MaxStartups 3:50:6'
                ;;
            hijack) add_hijack_target ;;
            *) die "--with $part: unknown; direct, shells, pam, slow, crowded or hijack" ;;
        esac
    done
}

# For each login shell a login; each family of quoting is a target of its own.
add_shell_targets() {
    local shell path missing=() logins=()
    local -A paths=()
    # First of all, so that no account is made where one shell is missing.
    for shell in dash bash ksh zsh fish tcsh; do
        if path=$(command -v "$shell"); then paths[$shell]=$path; else missing+=("$shell"); fi
    done
    ((${#missing[@]} == 0)) ||
        die "--with shells needs ${missing[*]}: apt-get install ${missing[*]}"
    for shell in "${!paths[@]}"; do ensure_account "$login-$shell" "${paths[$shell]}"; done
    # Without it zsh asks a new user what to put there.
    ensure_start_file "$login-zsh" .zshrc '# nothing'
    for shell in dash bash ksh zsh; do logins+=("$login-$shell"); done
    add_target shells1 '{env: development}' "${logins[@]}"
    add_target fish1 '{env: development}' "$login-fish"
    target_keys[fish1]='login-shell: fish'
    add_target tcsh1 '{env: development}' "$login-tcsh"
    target_keys[tcsh1]='login-shell: csh'
}

# Three accounts whose owner tries to run something else than what was decided.
add_hijack_target() {
    local name
    for name in exec environment path; do ensure_account "$login-$name" /bin/bash; done
    ensure_start_file "$login-exec" .bashrc 'exec() { echo hijacked by exec; }'
    ensure_start_file "$login-environment" startup.sh 'echo hijacked by BASH_ENV'
    ensure_start_file "$login-environment" .ssh/environment \
        "BASH_ENV=/home/$login-environment/startup.sh"
    for name in env bash uptime; do
        ensure_start_file "$login-path" "bin/$name" $'#!/bin/sh\necho hijacked by PATH'
        chmod 0755 "/home/$login-path/bin/$name"
    done
    ensure_start_file "$login-path" .ssh/environment \
        "PATH=/home/$login-path/bin:/usr/bin:/bin"
    add_target hijack1 '{env: development}' \
        "$login-exec" "$login-environment" "$login-path"
    target_sshd[hijack1]='PermitUserEnvironment yes'
}

# The configuration of a target's sshd, listening at a port.
sshd_config() {
    local name=$1 folder=$lab/targets/$1
    cat <<END
# Written by scripts/lab.
${target_sshd[$name]:-}
$(printf 'ListenAddress %s\n' "${listens_at[@]}")
Port $2
HostKey $folder/host_ed25519
PidFile none
AuthenticationMethods publickey
TrustedUserCAKeys $lab/targets/ca.pub
AuthorizedKeysFile ${direct_keys:-none}
PermitRootLogin no
UsePAM no
Subsystem sftp internal-sftp
AllowAgentForwarding no
AllowTcpForwarding no
X11Forwarding no
PermitTunnel no
PrintLastLog no
PrintMotd no
UseDNS no
# The folder of a lab may lie anywhere, below /tmp too.
StrictModes no
# The default drops connections at random as soon as ten are at it.
MaxStartups 1000:30:2000
LogLevel VERBOSE
END
}

# Starts a target's sshd unless it runs with this very configuration.
start_target() {
    local name=$1 folder=$lab/targets/$1
    mkdir -p "$folder"
    [[ -f $folder/host_ed25519 ]] ||
        ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$folder/host_ed25519"
    if port=$(cat "$lab/run/$name.port" 2>/dev/null) && daemon_pid "$name" >/dev/null &&
        sshd_config "$name" "$port" | cmp --silent - "$folder/sshd_config"; then
        return
    fi
    stop_daemon "$name"
    launch_sshd() {
        sshd_config "$name" "$1" >"$folder/sshd_config"
        # The absolute path: sshd executes itself again for each connection.
        start_daemon "$name" /usr/sbin/sshd -D -e -f "$folder/sshd_config"
    }
    start_listening "$name" 'Server listening on' launch_sshd
}

# An sshd that is no target: an OpenSSH jump host, to compare with.
start_jump_host() {
    target_sshd[jump]='AllowTcpForwarding local'
    start_target jump
}

# The entry of each target in the inventory.
inventory_targets() {
    local name line
    printf 'targets:\n'
    for name in "${targets[@]}"; do
        printf '  %s:\n' "$name"
        printf '    address: %s:%s\n' "${target_addresses[$name]:-127.0.0.1}" \
            "$(cat "$lab/run/$name.port")"
        printf '    labels: %s\n' "${target_labels[$name]}"
        printf '    logins: [%s]\n' "${target_logins[$name]// /, }"
        printf '    host-keys: ["%s"]\n' "$(cat "$lab/targets/$name/host_ed25519.pub")"
        while IFS= read -r line; do
            [[ -z $line ]] || printf '    %s\n' "$line"
        done <<<"${target_keys[$name]:-}"
    done
}
