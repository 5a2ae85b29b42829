/// What runs on a target to end, or to signal, what sessions left there.
///
/// sshd sets `SSH_CONNECTION` for every command, to the addresses and ports of the transport that
/// it came by, so it marks the processes of exactly one session, without a byte added to what was
/// decided. Processes that cleared their environment are found by their ancestors and by the
/// kernel's session (`setsid`) of those that did not, and on a target with pam_loginuid or
/// pam_systemd by their login, which nothing can shed. Without that, what cleared its environment,
/// left the kernel session and lost its ancestors is not found, but counted as uncertain; what runs
/// with rights that the login has not is counted as left.
///
/// Known gap: the addresses are those of our own socket, so behind a translation of addresses
/// between here and the target nothing is found and the end says `left` or finds nothing; a report
/// of the wrapper would be the alternative.
///
/// The text is one line of POSIX sh without `!`, so that it survives the quoting of every family of
/// login shells; it uses `grep`, `tr`, `sleep` and `/proc`, and nothing else. It reads one line from
/// its standard input, a value that it repeats in its report.
struct RemoteScript: Hashable, Sendable {
    /// LIMIT: sessions that one script ends: their reports fit `FieldLimits.probeOutput`, beside
    /// what a start-up file prints, and the text stays far below `FieldLimits.commandLine`.
    static let maximumMarks = 64

    /// The signals of RFC 4254 §6.10, which a client may send.
    static let signals = [
        "ABRT", "ALRM", "FPE", "HUP", "ILL", "INT", "KILL", "PIPE", "QUIT", "SEGV", "TERM", "USR1",
        "USR2",
    ]

    /// LIMIT: how often is looked for processes that the last round missed.
    static let rounds = 15
    /// LIMIT: tenths of a second between TERM and KILL.
    static let graceTenths = 20
    /// LIMIT: hundredths of a second until it gives up and says what is left.
    static let hundredths = 500

    let text: String
    let marks: [Mark]

    /// The marks have the client's address and the server in common, and so differ in a port.
    private init(_ lines: [String], about marks: [Mark]) {
        let ports = Set(marks.map(\.transport.client.port))
        precondition(
            ports.count == marks.count && (1...Self.maximumMarks).contains(marks.count),
            "a script is for some sessions that are told apart by their ports"
        )
        self.marks = marks
        let table = marks.enumerated().map { index, mark in
            "W_\(mark.transport.client.port)=\(index); G_\(index)=\(mark.greatestTicks); "
        }
        let indices = marks.indices.map(String.init).joined(separator: " ")
        let patterns = marks.map { "-e 'SSH_CONNECTION=\($0.transport.mark)'" }
        let finding = Self.finding(
            table: table.joined() + "I='\(indices)';",
            patterns: patterns.joined(separator: " ")
        )
        text = (finding + lines).joined(separator: " ")
        precondition(
            text.utf8.allSatisfy { $0 >= 32 && $0 < 127 && $0 != UInt8(ascii: "!") },
            "a remote script survives every login shell's quoting"
        )
    }

    /// Ends every process of the sessions: TERM, a grace, KILL, until none is left.
    ///
    /// It prints `sallyport-end VALUE INDEX ended=N left=N uncertain=N older=N` for each.
    static func ending(_ marks: [Mark]) -> RemoteScript {
        RemoteScript(counting + ending, about: marks)
    }

    /// Sends a signal to the process group of the session's leader; nil for a name that RFC 4254
    /// does not have.
    ///
    /// It prints `sallyport-signal VALUE sent=N`.
    static func signalling(_ name: String, _ mark: Mark) -> RemoteScript? {
        guard signals.contains(name) else { return nil }
        return RemoteScript(
            [
                #"look; n=0; for e in $T; do parts $e; has M $p || continue;"#,
                #"[ $p = $k ] && kill -s \#(name) -- -$p 2>/dev/null && n=$((n+1)); done;"#,
                #"echo "sallyport-signal $N sent=$n""#,
            ],
            about: [mark]
        )
    }

    private static let counting = [
        #"tally() { for x in $1; do eval "$2_${x#*=}=\$(($2_${x#*=}+1))"; done; };"#,
        // An orphan of this account, not older than the transport, whose environment cannot be
        // read or names no transport: nothing tells of which session it is. Where the target tells
        // logins apart, those of a session are found without their environment.
        // What is on its way out is given a second for it.
        #"doubt() { Y=; [ "$me" = 0 ] && return; for e in $T; do parts $e;"#,
        #"[ $k = $own ] && continue; [ $q -gt 1 ] && [ -d $q ] && continue;"#,
        #"has A $p && continue; has O $p && continue; mine $p && Y="$Y $e"; done;"#,
        #"[ "$Y" ] && sleep 1; for e in $Y; do parts $e; [ -d $p ] && mine $p || continue;"#,
        #"for h in $I; do case " $U " in *" $h "*) continue;; esac;"#,
        #"young $h $s && eval "u_$h=\$((u_$h+1))"; done; done; };"#,
        #"mine() { set -- $1 $(grep '^Uid:' $1/status 2>/dev/null); [ "$3" = "$me" ] || return"#,
        #"1;"#,
        // Dead, and not yet forgotten by its parent.
        #"grep -q '^State:.[XZ]' $1/status 2>/dev/null && return 1;"#,
        // sshd's own, for an account whose connection is gone, cannot be examined either.
        #"grep -q '^Name:.sshd' $1/status 2>/dev/null && return 1;"#,
        #"grep -q '/user@' $1/cgroup 2>/dev/null && return 1; [ -r $1/environ ] || return 0;"#,
        #"grep -qF -e SSH_CONNECTION= $1/environ 2>/dev/null && return 1; [ -d $1 ]; };"#,
    ]

    private static let ending = [
        #"set -- $(grep '^Uid:' $$/status); me=$2;"#,
        // TERM, two seconds, and KILL until several looks in a row find nothing.
        #"look; now; z=$t; j=0; if [ "$M" ]; then slay TERM; slay CONT;"#,
        #"while [ "$M" ] && [ $j -lt \#(graceTenths) ] && [ $((t-z)) -lt \#(graceTenths)0 ]; do"#,
        #"nap; look; now; j=$((j+1)); done; fi;"#,
        #"F=1; P=; r=0; ok=0; y=5; [ "$M$V" ] || { ok=1; y=3; };"#,
        #"while [ $ok -lt $y ] && [ $r -lt \#(rounds) ] && [ $((t-z)) -lt \#(hundredths) ]; do"#,
        #"slay KILL; nap; P="$M$V"; look;"#,
        #"ok=$((ok+1)); [ "$M$V" ] && ok=0; now; r=$((r+1)); done;"#,
        #"L=; for e in $T; do parts $e; has M $p && L="$L $p=$i"; done;"#,
        #"tally "$A" e; tally "$L" l; tally "$O" o; doubt;"#,
        // Met in one of the last two looks.
        #"[ $ok = $y ] || for x in $M $V $P; do eval "[ \$((l_${x#*=})) = 0 ] && l_${x#*=}=1";"#,
        #"done;"#,
        #"say() { echo "sallyport-end $N $1 ended=$(($2-$3)) left=$3 uncertain=$4 older=$5"; };"#,
        #"for i in $I; do eval "say $i \$((e_$i)) \$((l_$i)) \$((u_$i)) \$((o_$i))"; done"#,
    ]
}
