# What a lab gives to its clients: env, known_hosts and ssh_config. Sourced after the others.

write_env() {
    local name
    {
        printf '# Written by scripts/lab; made to be sourced.\n'
        while read -r name value; do printf '%s=%q\n' "$name" "$value"; done <<END
HOST 127.0.0.1
PORT $port
LOGIN $login
CONFIG $bastion/sallyport.yaml
STATE $bastion/state
SALLYPORT $sallyport
SALLYPORT_SESSION $sallyport-session
SALLYPORT_DECIDE $sallyport-decide
END
    } >"$lab/env"
}

write_known_hosts() {
    local name
    {
        printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$bastion/keys/host_ed25519.pub")"
        for name in "${targets[@]}" ${direct_keys:+jump}; do
            printf '[127.0.0.1]:%s %s\n' "$(cat "$lab/run/$name.port")" \
                "$(cut -d' ' -f1,2 "$lab/targets/$name/host_ed25519.pub")"
        done
    } >"$lab/known_hosts"
}

# An alias for each principal and login: `alice.web1`, or `alice.LOGIN.shells1` where a target has
# several, and `alice.bastion` without a target.
write_ssh_config() {
    local person name account
    {
        printf '# Written by scripts/lab: ssh -F %q alice.web1 uptime\n' "$lab/ssh_config"
        for person in "${people[@]}"; do
            alias_block "$person.bastion" "$person" "$port" "$person"
            for name in "${targets[@]}"; do
                for account in ${target_logins[$name]}; do
                    if [[ $account == "${target_logins[$name]}" ]]; then
                        alias_block "$person.$name" "$account@$name" "$port" "$person"
                    else
                        alias_block "$person.$account.$name" "$account@$name" "$port" "$person"
                    fi
                done
            done
        done
        [[ -z ${direct_keys:-} ]] || direct_aliases
        common_block
    } >"$lab/ssh_config"
}

# alias_block ALIAS USER PORT KEY
alias_block() {
    printf 'Host %s\n    HostName 127.0.0.1\n    User %s\n    Port %s\n' "$1" "$2" "$3"
    printf '    IdentityFile "%s"\n' "$lab/keys/$4"
}

# Straight to the targets, and through an OpenSSH jump host: what the bastion is compared with.
direct_aliases() {
    local name
    for name in "${targets[@]}"; do
        for account in ${target_logins[$name]}; do
            alias_block "direct.$name" "$account" "$(cat "$lab/run/$name.port")" direct
            alias_block "jump.$name" "$account" "$(cat "$lab/run/$name.port")" direct
            printf '    ProxyJump direct.jump\n'
            break
        done
    done
    alias_block direct.jump "$login" "$(cat "$lab/run/jump.port")" direct
}

common_block() {
    cat <<END
# What is no alias of this file is sought by its name, and not found: a typo reaches no target.
Host *
    UserKnownHostsFile "$lab/known_hosts"
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    UpdateHostKeys no
    IdentitiesOnly yes
    IdentityAgent none
    BatchMode yes
END
}
