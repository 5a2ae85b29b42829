import AuditTrail

/// What runs on a target to end, or to signal, what a session left there.
///
/// sshd sets `SSH_CONNECTION` for every command, to the addresses and ports of the transport that
/// it came by, so it marks the processes of exactly one session, without a byte added to what was
/// decided. Processes that cleared their environment are found by their ancestors and by the
/// kernel's session (`setsid`) of those that did not, and on a target with pam_loginuid by the number
/// of the login, which nothing can shed. Without that, what cleared its environment, left the kernel
/// session and lost its ancestors is not found; nor is what runs with rights that the login has
/// not.
///
/// Known gap: the addresses are those of our own socket, so behind a translation of addresses
/// between here and the target nothing is found and the end says `left` or finds nothing; a report
/// of the wrapper would be the alternative.
///
/// The text is one line of POSIX sh without `!`, so that it survives the quoting of every family of
/// login shells; it uses `grep`, `tr`, `sleep` and `/proc`, and nothing else.
struct RemoteScript: Hashable, Sendable {
    /// The two ends of the transport as the target's sshd sees them.
    struct Transport: Hashable, Sendable {
        let client: SocketAddress
        let server: SocketAddress

        init(client: SocketAddress, server: SocketAddress) {
            self.client = client
            self.server = server
        }

        /// As they were recorded; nil where they are no addresses in numbers.
        init?(_ ends: TransportEnds) {
            guard let client = SocketAddress(host: ends.localAddress, port: ends.localPort),
                let server = SocketAddress(host: ends.peerAddress, port: ends.peerPort)
            else { return nil }
            self.init(client: client, server: server)
        }

        /// As they are recorded.
        var recorded: TransportEnds {
            TransportEnds(
                localAddress: client.host,
                localPort: client.port,
                peerAddress: server.host,
                peerPort: server.port
            )
        }

        /// The value of `SSH_CONNECTION`.
        var mark: String { "\(client.host) \(client.port) \(server.host) \(server.port)" }
    }

    /// The signals of RFC 4254 §6.10, which a client may send.
    static let signals = [
        "ABRT", "ALRM", "FPE", "HUP", "ILL", "INT", "KILL", "PIPE", "QUIT", "SEGV", "TERM", "USR1",
        "USR2",
    ]

    /// LIMIT: how often is looked for processes that the last round missed.
    static let rounds = 5
    /// LIMIT: tenths of a second between TERM and KILL.
    static let graceTenths = 20

    let text: String
    let transport: Transport

    private init(_ lines: [String], about transport: Transport) {
        self.transport = transport
        text = (Self.prologue(transport) + lines).joined(separator: " ")
        precondition(
            text.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "!") },
            "a remote script survives every login shell's quoting"
        )
    }

    /// Ends every process of the session: TERM, a grace, KILL, until none is left.
    ///
    /// It prints `sallyport-end ended=N left=M`.
    static func ending(_ transport: Transport) -> RemoteScript {
        RemoteScript(
            [
                "A=' ';",
                // Marks the living among the found, and remembers every one.
                "look() { scan; L=; for p in $M; do kill -0 $p 2>/dev/null || continue;",
                "L=\"$L $p\"; case $A in *\" $p \"*) ;; *) A=\"$A$p \";; esac; done; };",
                // In hundredths of a second: a look takes long where many processes run, and a nap
                // where `sleep` knows whole seconds only.
                "now() { t=0; read -r t x 2>/dev/null <uptime; t=${t%.*}${t#*.}; };",
                "look; if [ \"$L\" ]; then kill -s TERM $L 2>/dev/null;",
                "kill -s CONT $L 2>/dev/null; now; b=$t; i=0;",
                "while [ $i -lt \(graceTenths) ] && [ $((t-b)) -lt \(graceTenths)0 ];",
                "do nap; look; [ \"$L\" ] || break; now;",
                "i=$((i+1)); done; fi; r=0;",
                "while [ \"$L\" ] && [ $r -lt \(rounds) ]; do kill -s KILL $L 2>/dev/null;",
                "nap; look; r=$((r+1)); done;",
                "set -- $A; n=$#; set -- $L; echo \"sallyport-end ended=$((n-$#)) left=$#\"",
            ],
            about: transport
        )
    }

    /// Sends a signal to the process group of the session's leader; nil for a name that RFC 4254
    /// does not have.
    ///
    /// It prints `sallyport-signal sent=N`.
    static func signalling(_ name: String, _ transport: Transport) -> RemoteScript? {
        guard signals.contains(name) else { return nil }
        return RemoteScript(
            [
                "scan; n=0; for e in $T; do parts $e;",
                "case \" $M \" in *\" $p \"*) ;; *) continue;; esac;",
                "[ $p = $k ] && kill -s \(name) -- -$p 2>/dev/null && n=$((n+1)); done;",
                "echo \"sallyport-signal sent=$n\"",
            ],
            about: transport
        )
    }

    /// Defines `scan`, which sets `M` to the processes of the session and `T` to all processes as
    /// `pid:parent:session:login`, and `nap`.
    ///
    /// Kernel sessions and logins once found stay known: their leader may be gone in the next round.
    /// A login is the number that pam_loginuid gives it (`/proc/PID/sessionid`), which no process of
    /// it can shed; 4294967295 is none.
    private static func prologue(_ transport: Transport) -> [String] {
        [
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin; export PATH; LC_ALL=C; export LC_ALL; set -f;",
            "C='SSH_CONNECTION=\(transport.mark)'; S=' '; U=' '; M=; cd /proc || exit 1;",
            "nap() { sleep 0.1 2>/dev/null || sleep 1; };",
            // `stat` holds the name of the program in parentheses, which may hold anything.
            "facts() { s=; while IFS= read -r l || [ \"$l\" ]; do s=\"$s$l \"; l=; done",
            "2>/dev/null <$1/stat || return 1; a=-; read -r a 2>/dev/null <$1/sessionid;",
            "[ \"$a\" = 4294967295 ] && a=-; a=${a:--};",
            "set -- ${s##*\") \"}; z=$1; q=$2; k=$4; [ \"$k\" ]; };",
            "parts() { p=${1%%:*}; a=${1##*:}; q=${1#*:}; k=${q#*:}; q=${q%%:*}; k=${k%%:*}; };",
            "facts $$; own=$k; login=$a;",
            "scan() { M=; T=; E=; set +f; set -- [0-9]*; set -f;",
            "for p do facts $p || continue; [ $z = Z ] && continue; [ $k = $own ] && continue;",
            "T=\"$T $p:$q:$k:$a\"; [ -r $p/environ ] && E=\"$E $p/environ\"; done;",
            // A whole entry of the environment, not a piece of one: `tr` makes entries lines.
            "if [ \"$E\" ]; then for f in $(grep -lF -e \"$C\" $E 2>/dev/null); do",
            "tr '\\000' '\\012' 2>/dev/null <$f | grep -qxF -e \"$C\" || continue;",
            "p=${f%/environ}; M=\"$M $p\"; done; fi;",
            "for e in $T; do parts $e; case \" $M \" in *\" $p \"*) ;; *) continue;; esac;",
            "case $U in *\" $a \"*) ;; *)",
            "[ $a = - ] || [ $a = $login ] || U=\"$U$a \";; esac;",
            // A kernel session is taken as a whole only where its leader is of this session or gone:
            // in a container it may be 0, which is the session of everybody from outside.
            "case $S in *\" $k \"*) continue;; esac; [ $k -gt 1 ] || continue;",
            "case \" $M \" in *\" $k \"*) ;; *) [ -d $k ] && continue;; esac; S=\"$S$k \"; done;",
            // Descendants and members of the same kernel sessions and logins, until nothing is added.
            "g=1; while [ $g = 1 ]; do g=0; for e in $T; do parts $e;",
            "case \" $M \" in *\" $p \"*) continue;; *\" $q \"*) M=\"$M $p\"; g=1; continue;; esac;",
            "case $S in *\" $k \"*) M=\"$M $p\"; g=1; continue;; esac;",
            "case $U in *\" $a \"*) M=\"$M $p\"; g=1;; esac; done; done; };",
        ]
    }
}

extension Dial.Connected {
    /// Both ends, as they mark what runs at the other one.
    var ends: RemoteScript.Transport {
        RemoteScript.Transport(client: local, server: peer)
    }
}

/// What a remote script printed.
enum RemoteReport {
    /// How many processes were ended and how many are left; nil where the line is not there.
    static func ending(in output: [UInt8]) -> (ended: UInt32, left: UInt32)? {
        guard let values = values(after: "sallyport-end", in: output),
            let ended = values["ended"], let left = values["left"]
        else { return nil }
        return (ended, left)
    }

    static func signalling(in output: [UInt8]) -> UInt32? {
        values(after: "sallyport-signal", in: output)?["sent"]
    }

    /// The last line that begins with `word`: a start-up file may print before it.
    private static func values(after word: String, in output: [UInt8]) -> [String: UInt32]? {
        let lines = output.split(separator: UInt8(ascii: "\n"))
        for line in lines.reversed() {
            let parts = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard parts.first == Substring(word) else { continue }
            var values: [String: UInt32] = [:]
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", omittingEmptySubsequences: false)
                guard pair.count == 2, let value = UInt32(pair[1]) else { return nil }
                values[String(pair[0])] = value
            }
            return values
        }
        return nil
    }
}
