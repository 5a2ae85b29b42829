# The bastion of a lab: its settings, inventory and process. Sourced after the others.

bastion=$lab/bastion
declare -A settings=()

# The settings without `--set`, by their path in sallyport.yaml.
default_settings() {
    settings=(
        [administrators]="[{uid: $EUID, principal: \"human:alice\", role: administrator}]"
        # What ends a lab shall not have to wait for its sessions.
        [limits.drain-timeout]=1s
        # Where nearly all tests come from, some of which want to be refused often.
        [penalties.exempt]='["127.0.0.1"]'
        [policies]='["policies"]'
    )
    # An account of their own is for people to make; in a lab this one does.
    is_root && settings[process-account]="{unix-user: nobody}"
    return 0
}

# apply_settings KEY=VALUE…: `limits.keepalive=5s` for sallyport.yaml, `target.web1.shell=none` for an
# entry of the inventory, `sshd.web1.MaxStartups=3:50:6` for a target's sshd_config.
apply_settings() {
    local pair key value name
    for pair; do
        [[ $pair == ?*=* ]] || die "--set $pair: expected KEY=VALUE"
        key=${pair%%=*} value=${pair#*=} name=${pair#*.}
        name=${name%%.*}
        case $key in
            target.?*.address) target_addresses[$name]=$value ;;
            target.?*.?*) target_keys[$name]+=$'\n'"${key#target."$name".}: $value" ;;
            sshd.?*.?*) target_sshd[$name]+=$'\n'"${key#sshd."$name".} $value" ;;
            *) settings[$key]=$value ;;
        esac
        if [[ $key == target.* || $key == sshd.* ]]; then
            [[ -v target_logins[$name] ]] || die "--set $pair: there is no target \`$name\`"
        fi
    done
}

settings_file() {
    local key group='' keys
    mapfile -t keys < <(printf '%s\n' "${!settings[@]}" | LC_ALL=C sort)
    printf '# Written by scripts/lab.\n'
    for key in "${keys[@]}"; do
        if [[ $key == *.* ]]; then
            [[ $group == "${key%%.*}" ]] || printf '%s:\n' "${key%%.*}"
            group=${key%%.*}
            printf '  %s: %s\n' "${key#*.}" "${settings[$key]}"
        else
            printf '%s: %s\n' "$key" "${settings[$key]}"
        fi
    done
}

people=(alice bob copilot mallory)

inventory_principals() {
    local name
    declare -A about=(
        [alice]='roles: [sre, approver, admin]'
        [bob]='roles: [sre]'
        [copilot]=$'roles: [runbook]\n    owner: "human:alice"'
        [mallory]='roles: []'
    )
    printf 'roles: [sre, approver, admin, runbook]\nprincipals:\n'
    for name in "${people[@]}"; do
        printf '  %s:\n' "$(principal "$name")"
        printf '    %s\n' "${about[$name]}"
        printf '    keys: ["%s"]\n' "$(cat "$lab/keys/$name.pub")"
    done
}

principal() {
    case $1 in
        copilot) printf 'agent:copilot' ;;
        *) printf 'human:%s' "$1" ;;
    esac
}

# What these principals may do without `--policy`.
standard_grants() {
    printf 'grants:\n'
    grant sre production "$login" 'exec, shell, terminal, sftp'
    grant sre development "$(all_logins)" 'exec, shell, terminal, sftp'
    grant runbook production "$login" 'exec, shell, sftp'
    grant runbook development "$login" 'exec, shell, sftp'
}

# grant ROLE ENVIRONMENT LOGINS REQUESTS
grant() {
    cat <<END
  - name: $1-$2
    roles: [$1]
    targets: {labels: {env: $2}}
    logins: [$3]
    requests: [$4]
END
}

all_logins() {
    printf '%s\n' "${target_logins[@]}" | tr ' ' '\n' | sort --unique | paste -sd, - |
        sed 's/,/, /g'
}

# What is permitted: everything is observed, or what agents do is decided by the shipped policy.
write_policies() {
    local applies=() has_changed=1
    mkdir -p "$bastion/policies"
    if [[ -n $guard ]]; then
        applies=('applies: {kinds: [human, service]}')
        sed 's/^name: production$/&\napplies: {kinds: [agent]}/' \
            "$repository/policies/production.yaml" |
            write_if_other "$bastion/policies/production.yaml" && has_changed=0
        cp -Ru "$repository/policies/knowledge" "$bastion/policies/"
    else
        rm -rf "$bastion/policies/production.yaml" "$bastion/policies/knowledge"
    fi
    printf '%s\n' '# Written by scripts/lab.' 'policy: 1' 'name: lab' 'mode: observe' \
        'observe: everything' "${applies[@]}" 'rules: [{id: all, permit: any}]' |
        write_if_other "$bastion/policies/lab.yaml" && has_changed=0
    return $has_changed
}

make_keys() {
    local name ca
    for name in "${people[@]}" ${direct_keys:+direct}; do
        [[ -f $lab/keys/$name ]] ||
            ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$lab/keys/$name"
    done
    # sshd reads it as the account that signs in, for whom DIR/keys is closed.
    [[ -z ${direct_keys:-} ]] || install --mode 0644 "$lab/keys/direct.pub" "$direct_keys"
    # `init` writes that file last; what an interrupted one left is of no use.
    if [[ ! -f $bastion/sallyport.yaml ]]; then
        rm -rf "$bastion"
        "$sallyport" init "$bastion" --policies "$repository/policies" >"$lab/log/init"
    fi
    # Never half of it: a lab may come up again while somebody signs in to its targets.
    ca=$("$sallyport" ca public-key --config "$bastion/sallyport.yaml")
    write_if_other "$lab/targets/ca.pub" <<<"$ca" || true
}

# write_if_other FILE: what is on standard input; fails where the file already held just that.
write_if_other() {
    cat >"$1.new"
    if cmp --silent "$1.new" "$1"; then
        rm "$1.new"
        return 1
    fi
    mv "$1.new" "$1"
}

# Starts the bastion unless it runs with these very files.
start_bastion() {
    local has_changed=
    mkdir -p "$bastion/inventory.d"
    { inventory_principals && inventory_targets; } | write_if_other "$bastion/inventory.yaml" &&
        has_changed=1
    { if [[ -n $policy ]]; then cat "$policy"; else standard_grants; fi; } |
        write_if_other "$bastion/inventory.d/policy.yaml" && has_changed=1
    write_policies && has_changed=1
    if port=$(cat "$lab/run/bastion.port" 2>/dev/null); then
        write_settings "$port" && has_changed=1
        if [[ -z $has_changed ]] && daemon_pid bastion >/dev/null; then return; fi
    fi
    stop_daemon bastion
    launch_bastion() {
        write_settings "$1" || true
        start_daemon bastion "$sallyport" serve --config "$bastion/sallyport.yaml"
    }
    start_listening bastion 'sallyport: listening on' launch_bastion
}

# write_settings PORT: fails where the file already held just that.
write_settings() {
    settings[listen]=$(printf '"%s", ' "${listens_at[@]/%/:$1}" | sed 's/^\(.*\), $/[\1]/')
    settings_file | write_if_other "$bastion/sallyport.yaml"
}
