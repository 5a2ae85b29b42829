# What the process that reads the network may be linked with. Sourced after common.sh.

# check_linkage PROGRAM [static]: Debian's libssh and libcrypto, no Foundation, no second crypto.
#
# The authority keeps the keys because libssh's calls into libcrypto can be caught at the boundary of
# that shared library: a copy of either inside the program would go round it.
check_linkage() {
    local session=$1 libraries symbols seams name
    libraries=$(ldd "$session")
    # Of a program without debug symbols the dynamic ones are left.
    symbols=$({ nm "$session" 2>/dev/null; nm --dynamic "$session"; } | awk '{ print $NF }')
    [[ $libraries == *libssh.so.4* ]] || die "$session is not linked with Debian's libssh"
    [[ $libraries == *libcrypto.so.3* ]] || die "$session is not linked with Debian's libcrypto"
    [[ $libraries == *libseccomp.so.2* ]] || die "$session is not linked with Debian's libseccomp"
    refuse_match "$session" "$libraries" 'libFoundation|lib_Foundation' "Foundation"
    refuse_match "$session" "$libraries" 'libgcrypt|libmbed|libwolf|libnettle|libsodium|libgnutls' \
        "a second crypto library"
    refuse_match "$session" "$symbols" 'CCryptoBoringSSL|^\$s6Crypto' "a second crypto library"
    refuse_match "$session" "$symbols" '^\$s10Foundation|^\$s20FoundationEssentials' "Foundation"
    # Defined in the program and seen by the libraries: without these the seams are not in force.
    seams=$(nm --dynamic --defined-only "$session" | awk '{ print $NF }')
    for name in EVP_DigestSign EVP_DigestVerify ssh_buffer_get_len; do
        grep --quiet --line-regexp "$name" <<<"$seams" || die "$session does not export $name"
    done
    if [[ ${2:-} == static ]]; then
        refuse_match "$session" "$libraries" 'libswift' "Swift's libraries as shared ones"
    fi
}

refuse_match() {
    local found
    found=$(grep --extended-regexp --max-count=3 -e "$3" <<<"$2") || return 0
    die "$1 has $4 in it: $found"
}
