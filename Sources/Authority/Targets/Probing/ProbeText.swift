import PolicyEngine

/// What a target is asked to say about itself.
///
/// Two texts, because a session has two readers: the account's login shell, which sshd gives every
/// forced command, and the shell that the wrapper puts in its place. The first text is read as
/// every session's command line is, the second one by the login shell itself.
///
/// What an account's start-up files do on purpose to fool these texts they can do: everything here
/// runs with that account's rights. They find mistakes and ordinary hijacks, and lies that were not
/// made for them.
struct ProbeText: Hashable, Sendable {
    /// LIMIT: nobody guesses 16 bytes.
    static let nonceBytes = 16

    /// Hexadecimal digits.
    let nonce: String

    init(nonce: [UInt8]) {
        precondition(nonce.count == Self.nonceBytes, "a nonce has 16 bytes")
        self.nonce = Hexadecimal.text(nonce)
    }

    /// The line before what the session's shell says.
    var sessionMark: String { "sallyport-probe \(nonce)" }
    var sessionEnd: String { "sallyport-probe-end \(nonce)" }
    /// The line before what the login shell says.
    var loginMark: String { "sallyport-shell \(nonce)" }
    var loginEnd: String { "sallyport-shell-end \(nonce)" }

    /// Names of programs that a start-up file most likely puts something else in the place of.
    static let watchedPrograms = [
        "cat", "chmod", "chown", "cp", "curl", "docker", "find", "git", "grep", "id", "kill", "ls",
        "mv", "ps", "python3", "rm", "sed", "ssh", "su", "sudo", "systemctl", "tail", "tar", "tee",
    ]
    /// What `RemoteScript` needs.
    static let neededPrograms = ["grep", "sleep", "tr"]

    /// For the session's shell: one line of POSIX sh without `!`, so that it survives the quoting of
    /// every family of login shells.
    ///
    /// The nonce is put together here, so that what merely prints the text does not print the mark.
    var session: String {
        let middle = nonce.index(nonce.startIndex, offsetBy: nonce.count / 2)
        let text = [
            "A=\(nonce[..<middle]); B=\(nonce[middle...]); echo \"sallyport-probe $A$B\";",
            "echo \"shell=$SHELL\"; echo \"path=$PATH\"; echo \"connection=$SSH_CONNECTION\";",
            "echo \"bash=$BASH_VERSION\"; echo \"preload=$LD_PRELOAD$LD_AUDIT$LD_LIBRARY_PATH\";",
            // Of the environment: ksh has an ENV of its own, which it does not read here.
            "P=/usr/sbin:/usr/bin:/sbin:/bin;",
            "echo \"bash-env=$(PATH=$P; env | grep -E '^(BASH_ENV|ENV)=.')\";",
            // Who started us: sshd, or a login shell that is still there.
            "c=; [ -r /proc/$PPID/comm ] && read -r c </proc/$PPID/comm; echo \"parent=$c\";",
            "[ -r /proc/self/stat ] && echo proc=yes || echo proc=no;",
            Self.shadows, Self.pathEntries,
            "PATH=$P; export PATH;",
            "echo \"time=$(date +%s)\"; echo \"user=$(id -un)\"; echo \"directory=$(pwd)\";",
            "for x in \(Self.neededPrograms.joined(separator: " ")); do",
            "command -v $x >/dev/null || echo \"missing=$x\"; done;",
            "printf 'a\\000b\\000' | grep -zqx b 2>/dev/null && echo grep-z=yes || echo grep-z=no;",
            "echo \"sallyport-probe-end $A$B\"",
        ].joined(separator: " ")
        precondition(
            text.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "!") },
            "a probe survives every login shell's quoting"
        )
        return text
    }

    /// Programs that this PATH finds elsewhere than the system has them.
    private static let shadows =
        "set -f; for x in "
        + watchedPrograms.joined(separator: " ")
        + "; do f=$(command -v $x); s=$(PATH=$P; command -v $x);"
        + " case $f in /*) ;; *) continue;; esac; [ \"$s\" ] || continue;"
        + " [ \"$f\" = \"$s\" ] || [ \"$f\" -ef \"$s\" ] || echo \"shadow=$x $f\"; done;"

    /// LIMIT: files that are looked at in one such directory.
    static let filesPerDirectory = 100

    /// Entries of PATH in which the account, or anybody, may put a program, and what of the system
    /// is found there instead.
    ///
    /// For root every directory is writable, so there it counts whose it is.
    private static let pathEntries =
        "own() { set +f; k=0; for f in \"$1\"/*; do k=$((k+1)); [ $k -gt \(filesPerDirectory) ]"
        + " && break; [ -f \"$f\" ] && [ -x \"$f\" ] || continue; x=${f##*/};"
        + " s=$(PATH=$P; command -v \"$x\"); [ \"$s\" ] || continue;"
        + " [ \"$(command -v \"$x\")\" = \"$f\" ] && echo \"shadow=$x $f\"; done; set -f; };"
        + " u=$(PATH=$P; id -u); r=$PATH:; while [ \"$r\" ]; do d=${r%%:*}; r=${r#*:};"
        + " case $d in /*) ;; *) echo \"path-relative=$d\"; continue;; esac;"
        + " if [ -d \"$d\" ]; then m=$(PATH=$P; ls -ldL \"$d\");"
        + " case $m in ?????w*|????????w*) echo \"path-open=$d\"; own \"$d\"; continue;; esac;"
        + " if [ \"$u\" = 0 ]; then [ -O \"$d\" ] || { echo \"path-open=$d\"; own \"$d\"; };"
        + " else [ -w \"$d\" ] && { echo \"path-writable=$d\"; own \"$d\"; }; fi;"
        + " else p=${d%/*}; [ \"$u\" = 0 ] || [ -z \"$p\" ] || { [ -w \"$p\" ] &&"
        + " echo \"path-writable=$d\"; }; fi; done;"

    /// For the login shell, of whatever family: only what sh, csh and fish read alike.
    ///
    /// `type` is for the first and the last, `which` for the second; what a shell does not have it
    /// complains about, and goes on. Of the environment only these names are printed, because the
    /// rest may hold secrets.
    func login(shell: TargetShell) -> String {
        var parts = [
            "echo '\(loginMark)'",
            "/usr/bin/env | /usr/bin/env PATH=/usr/bin:/bin LC_ALL=C grep -E "
                + "'^(SHELL|PATH|BASH_ENV|ENV|LD_[A-Z_]+)='",
            "type exec", "which exec", "trap",
        ]
        switch shell {
        case .program(let path):
            parts.append("/usr/bin/env test -x \(path) && echo 'sallyport-shell-exists'")
        case .none: break
        }
        parts.append("echo '\(loginEnd)'")
        return parts.joined(separator: "; ")
    }
}
