import PolicyEngine

/// What surrounds a command on a target: clock, account, programs, addresses.
struct SurroundingFindings: Sendable {
    /// LIMIT: a certificate is valid from 30 s before it is made, so clocks that differ by more are
    /// refused; a few seconds are a sign that nobody sets the clock.
    static let skewWarningSeconds: UInt64 = 5
    static let skewErrorSeconds: UInt64 = 30
    /// LIMIT: names that mean another program, as many as a person reads.
    static let shadowsShown = 8

    let evidence: TargetEvidence
    let session: SessionProbe

    var findings: [Diagnosis] { [clock, account] + path + shell + tools + addresses }

    // MARK: The clock

    private var clock: Diagnosis {
        guard let text = session["time"], let there = UInt64(text),
            let here = evidence.session?.performance?.ranSeconds
        else {
            return .warning(
                "clock",
                "the target does not say what time it is",
                "it needs `date` in /usr/bin or /bin"
            )
        }
        let (seconds, isAhead) = Self.skew(there, against: here)
        let agreement =
            seconds == 0
            ? "its clock agrees with the bastion's"
            : "its clock is \(seconds) s \(isAhead ? "ahead of" : "behind") the bastion's"
        let remedy = "set the clocks of both by NTP: certificates are valid for seconds"
        if evidence.neededTolerance {
            return .error(
                "clock",
                agreement + ", and only a certificate that is valid for minutes is taken",
                remedy
            )
        }
        if seconds > Self.skewErrorSeconds {
            return .error("clock", agreement + ": certificates are about to be refused", remedy)
        }
        if seconds > Self.skewWarningSeconds { return .warning("clock", agreement, remedy) }
        return .ok("clock", agreement)
    }

    /// How far a time lies outside of the seconds in which it was read; one second is rounding.
    static func skew(
        _ there: UInt64,
        against here: ClosedRange<UInt64>
    ) -> (seconds: UInt64, isAhead: Bool) {
        if there > here.upperBound {
            let seconds = there - here.upperBound
            return (seconds > 1 ? seconds : 0, true)
        }
        let seconds = here.lowerBound - min(there, here.lowerBound)
        return (seconds > 1 ? seconds : 0, false)
    }

    // MARK: The account

    private var account: Diagnosis {
        let user = session["user"] ?? ""
        guard user == evidence.login.name else {
            return .error(
                "account",
                "commands run as `\(PrintableText.escaped(user))`, and not as `\(evidence.login)`",
                "two accounts with one uid? give each its own"
            )
        }
        let directory = PrintableText.escaped(session["directory"] ?? "?")
        return .ok("account", "commands run as `\(user)` in `\(directory)`")
    }

    /// A directory of PATH that the account may write decides what a name means.
    private var path: [Diagnosis] {
        let open = session.all("path-writable") + session.all("path-open")
        let relative = session.all("path-relative")
        var findings: [Diagnosis] = []
        var seen: Set<String> = []
        // A name may stand twice, by two ways to find it.
        let shadows = session.all("shadow").filter { seen.insert($0).inserted }
        for shadow in shadows.prefix(Self.shadowsShown) {
            guard let blank = shadow.firstIndex(of: " ") else { continue }
            let name = shadow[..<blank]
            let file = String(shadow[shadow.index(after: blank)...])
            let isOurs = open.contains { file.hasPrefix($0 + "/") }
            let text =
                "`\(PrintableText.escaped(String(name)))` is \(SessionFindings.shown(Array(file.utf8)))"
            findings.append(
                isOurs
                    ? .error(
                        "path",
                        text + ", in a directory that `\(evidence.login)` may write",
                        "remove the file, and the directory from PATH: rules speak of the system's "
                            + "programs"
                    )
                    : .warning(
                        "path",
                        text + ", and not the system's",
                        "as it should be where an administrator installed it"
                    )
            )
        }
        let entries = (relative + open).map { $0.isEmpty ? "." : $0 }
        if !entries.isEmpty {
            findings.append(
                .warning(
                    "path",
                    "programs are looked for where `\(evidence.login)` may put some: "
                        + entries.prefix(8).map { SessionFindings.shown(Array($0.utf8)) }
                        .joined(separator: ", "),
                    "take these out of PATH, or put them behind the directories of the system"
                )
            )
        }
        return findings.isEmpty ? [.ok("path", "names mean the system's programs")] : findings
    }

    // MARK: Programs

    private var shell: [Diagnosis] {
        let version = session["bash"] ?? ""
        guard evidence.target.shell.isBash else {
            return [.ok("shell", "`\(evidence.target.shell)` reads commands")]
        }
        guard !version.isEmpty else {
            return [
                .warning(
                    "shell",
                    "`\(evidence.target.shell)` is no bash",
                    "set `shell:` of the target to what it is"
                )
            ]
        }
        return [.ok("shell", "bash \(PrintableText.escaped(version, limit: 64)) reads commands")]
    }

    /// What is needed to end the commands of an ended session.
    private var tools: [Diagnosis] {
        let missing = session.all("missing").map { PrintableText.escaped($0, limit: 32) }
        if !missing.isEmpty || session["proc"] != "yes" {
            let what = (session["proc"] == "yes" ? [] : ["/proc"]) + missing
            return [
                .error(
                    "endings",
                    "it lacks \(what.joined(separator: ", ")), so what an ended session leaves "
                        + "running is not found",
                    "install it; without /proc set a time limit for the account's processes"
                )
            ]
        }
        let grep = session["grep-z"] == "yes" ? "" : " (grep has no -z)"
        return [.ok("endings", "what an ended session leaves can be found and ended" + grep)]
    }

    /// The marks of `RemoteScript` are the addresses of our own socket.
    private var addresses: [Diagnosis] {
        guard let there = session["connection"], !there.isEmpty,
            let here = evidence.session?.performance?.transport.mark, there != here
        else { return [] }
        let seen = PrintableText.escaped(
            there.split(separator: " ").first.map(String.init) ?? "?",
            limit: 64
        )
        return [
            .warning(
                "addresses",
                "it sees the bastion as \(seen), so addresses are translated between here and "
                    + "there: what an ended session leaves running is not found",
                "connect without translation; `source-address` must list what the target sees"
            )
        ]
    }
}
