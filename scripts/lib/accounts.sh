# The accounts on a lab's targets. Sourced after common.sh.
#
# As root they are real accounts, which all labs of a machine share: they hold nothing, and no lab
# is reachable from another machine. `userdel --remove NAME` removes one. Without root there is one
# login, whoever runs the lab.

# What says that an account is ours.
account_comment='Sallyport lab'

# The first name that is free, or already an account of a lab: a machine may have a real `deploy`.
lab_login() {
    is_root || { id -un && return; }
    local name comment
    for name in deploy lab-deploy; do
        comment=$(account_field "$name" 5) || { printf '%s' "$name" && return; }
        [[ $comment != "$account_comment" ]] || { printf '%s' "$name" && return; }
    done
    die "both \`deploy\` and \`lab-deploy\` are accounts that no lab made"
}

# The names of all accounts that labs made.
lab_accounts() { getent passwd | awk -F: -v comment="$account_comment" '$5 == comment { print $1 }'; }

account_field() {
    local entry
    entry=$(getent passwd "$1") || return 1
    cut -d: -f"$2" <<<"$entry"
}

# ensure_account NAME SHELL: open for keys and certificates, for no password.
ensure_account() {
    local name=$1 shell=$2
    if [[ $(account_field "$name" 5) == "$account_comment" ]]; then
        [[ $(account_field "$name" 7) == "$shell" ]] || usermod --shell "$shell" "$name"
        return
    fi
    ! getent passwd "$name" >/dev/null || die "\`$name\` is an account that no lab made"
    useradd --create-home --user-group --comment "$account_comment" --shell "$shell" "$name"
    # A `!` there, as useradd leaves it, is a locked account for an sshd without PAM.
    usermod --password '*' "$name"
}

# ensure_start_file NAME FILE TEXT: a file in an account's home, as it shall be.
ensure_start_file() {
    local file=/home/$1/$2
    [[ $(cat "$file" 2>/dev/null) != "$3" ]] || return 0
    install --directory --owner "$1" --group "$1" "$(dirname "$file")"
    printf '%s\n' "$3" | install --owner "$1" --group "$1" --mode 0644 /dev/stdin "$file"
}
