import AuditTrail
import PlainText

/// What is found by looking at a running bastion, as values; nothing here asks anybody.
struct HealthFindings {
    /// What came of a look that may hang.
    enum Look: Hashable, Sendable {
        case fine
        case failed(String)
        /// Nobody said anything in time.
        case silent
    }

    /// LIMIT: how long a commit may take before it is said.
    static let slowCommit = Duration.seconds(2)
    /// LIMIT: and before nothing can be recorded.
    static let hungCommit = Duration.seconds(10)
    /// LIMIT: how far behind a copy of the audit trail may be.
    static let exportLag = Duration.seconds(60)
    /// LIMIT: characters of a reason, of which the log has all.
    static let reasonCharacters = 300

    var isDraining = false
    var listening: [String] = []
    var auditFailure: String?
    var unwrittenRecords = 0
    /// How long the commit takes that is under way.
    var commitTakes: Duration?
    var recordings = Look.fine
    var room: DiskRoom?
    var wantedDeciders = 2
    var spareProcesses = 0
    var startsFail = false
    var hostKey = Look.fine
    var certificateAuthority = Look.fine
    var refusedReload: Timestamp?
    /// Why no new session begins, where the disks lack room.
    var reserveLack: String?
    var sandboxLack: String?
    var facts: BastionHealth.Facts

    init(facts: BastionHealth.Facts) { self.facts = facts }

    func report() -> HealthReport {
        HealthReport(
            [serving, auditTrail, recordingsFolder, disk, deciders, spares]
                + [
                    key("host-key", hostKey), key("certificate-authority", certificateAuthority),
                    rules,
                ] + facts.exports.map(export) + [sandbox]
        )
    }

    private var serving: Diagnosis {
        let clients =
            "\(facts.connections.counted("connection")), \(facts.sessions.counted("session"))"
        if isDraining {
            return .error(
                "serving",
                "it is being stopped and takes nobody in: \(clients)",
                "start it again when it has ended"
            )
        }
        let since = "since \(facts.startedAt)"
        return .ok(
            "serving",
            "at \(listening.joined(separator: ", ")) \(since): \(clients)"
        )
    }

    private var auditTrail: Diagnosis {
        let subject = "audit-trail"
        let remedy = "look at the disk: where nothing can be recorded, nobody is served"
        if let auditFailure {
            return .error(subject, Self.line(auditFailure), remedy)
        }
        if let commitTakes, commitTakes >= Self.slowCommit {
            let text = "a commit has taken \(commitTakes.components.seconds) s so far"
            return commitTakes >= Self.hungCommit
                ? .error(subject, text, remedy) : .warning(subject, text, remedy)
        }
        if unwrittenRecords > 0 {
            return .warning(
                subject,
                "\(unwrittenRecords.counted("record")) of ends are not in it yet",
                remedy
            )
        }
        return .ok(subject, "it takes records, the last one was \(facts.auditSequence)")
    }

    private var recordingsFolder: Diagnosis {
        let subject = "recordings"
        let remedy = "look at the disk and the rights: what cannot be recorded does not start"
        switch recordings {
        case .fine: return .ok(subject, "they can be written")
        case .failed(let reason): return .error(subject, Self.line(reason), remedy)
        case .silent:
            return .error(subject, "the disk did not answer within \(Self.seconds) s", remedy)
        }
    }

    private var disk: Diagnosis {
        if let reserveLack { return StateCheck.reserved(reserveLack) }
        guard let room else {
            return .warning("disk", "it did not say how much is free", "look at `df`")
        }
        return StateCheck.judgeDisk(freeBytes: room.freeBytes, freeFiles: room.freeFiles)
    }

    private var deciders: Diagnosis {
        let text = "\(facts.deciders) of \(wantedDeciders) can answer"
        let remedy = "look for `a decider` in the log: `process-died` in the audit trail says why"
        if facts.deciders == 0 { return .error("deciders", text, remedy) }
        guard facts.deciders < wantedDeciders else { return .ok("deciders", text) }
        return .warning("deciders", text, remedy)
    }

    /// None at a moment is no fault: clients took them, and others are starting.
    private var spares: Diagnosis {
        let text = "\(spareProcesses) wait for clients"
        guard startsFail else { return .ok("session-processes", text) }
        let remedy = "look for `a session process did not start` in the log"
        return spareProcesses == 0
            ? .error("session-processes", "none can be started", remedy)
            : .warning("session-processes", "\(text), and no other can be started", remedy)
    }

    private func key(_ subject: String, _ look: Look) -> Diagnosis {
        let remedy = "look at the ssh-agent that holds it: `ssh-add -l`"
        switch look {
        case .fine: return .ok(subject, "it signs")
        case .failed(let reason): return .error(subject, Self.line(reason), remedy)
        case .silent:
            return .error(subject, "it did not sign within \(Self.seconds) s", remedy)
        }
    }

    private var rules: Diagnosis {
        if let refusedReload {
            return .warning(
                "rules",
                "load \(facts.snapshotVersion) of \(facts.loadedAt) is in force, because the reload at "
                    + "\(refusedReload) was refused",
                "mend the files and run `sallyport reload`, which shows all findings"
            )
        }
        return .ok(
            "rules",
            "load \(facts.snapshotVersion) of \(facts.loadedAt) is in force, policies "
                + "\(facts.policyDigest.prefix(12))"
        )
    }

    private func export(_ export: BastionHealth.Export) -> Diagnosis {
        let subject = "export-\(export.name)"
        let lag = "\(Int(export.lagRecords).counted("record")) behind, for \(export.lagSeconds) s"
        if let failure = export.failure {
            return .warning(
                subject,
                "\(Self.line(failure)); \(lag)",
                "it goes on from record \(export.position) by itself when that is mended"
            )
        }
        guard export.lagSeconds < Self.exportLag.components.seconds else {
            return .warning(
                subject,
                lag,
                "look whether `\(PrintableText.escaped(export.to))` takes what it gets"
            )
        }
        return .ok(subject, "up to record \(export.position)")
    }

    /// Said at the start, by `doctor` and in each record of a connection, and no fault of now.
    private var sandbox: Diagnosis {
        let whole = "a list of system calls, and version \(facts.landlock) of Landlock"
        return .ok("sandbox", sandboxLack ?? whole)
    }

    private static let seconds = Authority.healthPatience.components.seconds

    private static func line(_ reason: String) -> String {
        let first = reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return PrintableText.escaped(first, limit: reasonCharacters)
    }
}
