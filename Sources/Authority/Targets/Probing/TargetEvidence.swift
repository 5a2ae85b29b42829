import PlainText
import PolicyEngine

/// What came of the probes of one target.
struct TargetEvidence: Sendable {
    let target: Target
    let login: Login
    let text: ProbeText
    /// Read as a session's command line is; nil with `shell: none`, where nothing stands around one.
    var session: RemoteErrand.Outcome?
    /// Read by the login shell itself; nil where the account could not be entered.
    var loginShell: RemoteErrand.Outcome?
    /// The `sftp` subsystem; nil with `sftp: none`, or where the account could not be entered.
    var fileTransfer: RemoteErrand.Outcome?
    /// Whether only a certificate for clocks that differ by minutes was taken.
    var neededTolerance = false

    /// The first probe, which found out whether the account can be entered at all.
    var entrance: RemoteErrand.Outcome? { session ?? loginShell }

    var findings: [Diagnosis] {
        guard let entrance else { return [] }
        switch entrance {
        case .failure(let error):
            // Earlier attempts failed alike: that is the finding, and not that they were several.
            return EntranceFindings.findings(error.failure, self)
        case .success(let performance):
            let outcomes = [session, loginShell, fileTransfer].compactMap { $0 }
            return EntranceFindings.entered(performance, self) + drops(of: outcomes)
                + SessionFindings(self).findings + FileTransferFindings.findings(self)
        }
    }

    /// What `MaxStartups` does to a bastion that opens a connection for each session.
    private func drops(of outcomes: [RemoteErrand.Outcome]) -> [Diagnosis] {
        let drops = outcomes.flatMap { outcome in
            switch outcome {
            case .success(let performance): performance.drops
            case .failure(let error): error.drops
            }
        }
        guard let first = drops.first else { return [] }
        return [
            .warning(
                "connections",
                "dropped before the sign-in: \(drops.count.counted("connection")): \(first)",
                "raise MaxStartups in its sshd_config (100:30:200), and look for a firewall that "
                    + "limits connections: each session is a connection of its own"
            )
        ]
    }
}

extension Result where Success == RemotePerformance, Failure == RemoteErrand.RemoteError {
    /// What the command printed; nil where it did not run to its end.
    var performance: RemotePerformance? {
        switch self {
        case .success(let performance): performance
        case .failure: nil
        }
    }
}
