# What has to be installed beside Swift. Sourced after common.sh.

# To build: libssh brings libcrypto's headers with it.
build_packages=(gcc libc6-dev libseccomp-dev libssh-dev libsqlite3-dev)
# To run a lab.
lab_packages=(openssh-server openssh-client util-linux passwd)
# The clients and login shells that the end-to-end tests use, and a judge of shell programs.
test_packages=(
    ansible-core asciinema dash dropbear-bin fish fonts-dejavu-core git ksh openssl putty-tools
    python3 python3-venv rsync rsyslog shfmt tcsh tmux xauth zsh
)

# To measure the parser beside another one.
bench_packages=(gcc golang-go golang-mvdan-sh-dev libc6-dev python3)

# Older ones lack fixes of security bugs that a bastion cannot do without.
oldest_libssh=0.10.6-0+deb12u3

# Those of the given packages that are not installed, or not new enough.
missing_packages() {
    local name status version
    declare -A installed=()
    while read -r name status version; do
        [[ $status == installed ]] && installed[$name]=$version
    done < <(
        dpkg-query --show --showformat='${Package} ${db:Status-Status} ${Version}\n' "$@" \
            2>/dev/null
    )
    for name in "$@"; do
        version=${installed[$name]:-}
        if [[ -z $version ]] || { [[ $name == libssh-dev ]] && is_outdated "$version"; }; then
            printf '%s\n' "$name"
        fi
    done
}

is_outdated() { dpkg --compare-versions "$1" lt "$oldest_libssh"; }

# install_packages PACKAGE…: nothing, and at once, where all are there.
install_packages() {
    command -v dpkg-query >/dev/null || die "this is no Debian; it takes what these hold: $*"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0
    if ! is_root; then
        say "packages are missing that only root can install; run this and try again:"
        say "    sudo apt-get update && sudo apt-get install ${missing[*]}"
        return 1
    fi
    say "installing ${missing[*]}"
    apt_get update
    apt_get install --yes --no-install-recommends "${missing[@]}"
    mapfile -t missing < <(missing_packages "${missing[@]}")
    ((${#missing[@]} == 0)) || die "no new enough version can be installed of ${missing[*]}"
}

# Quiet unless it fails; waits for another apt-get to end.
apt_get() {
    local output
    output=$(DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet \
        --option DPkg::Lock::Timeout=300 --option Dpkg::Use-Pty=0 "$@" 2>&1) && return
    printf '%s\n' "$output" >&2
    die "apt-get $1 failed"
}

# Python's SSH clients, in an environment of their own below .build.
python_clients=$repository/.build/python
python_requirements=$repository/scripts/lib/python-clients.txt

install_python_clients() {
    local stamp=$python_clients/installed
    cmp --silent "$python_requirements" "$stamp" && return
    local python=/usr/bin/python3
    [[ -x $python ]] || python=python3
    say "installing paramiko, asyncssh and ssh-audit into $python_clients"
    "$python" -m venv --clear "$python_clients" &&
        "$python_clients/bin/pip" install --quiet --disable-pip-version-check \
            --requirement "$python_requirements" &&
        cp "$python_requirements" "$stamp"
}
