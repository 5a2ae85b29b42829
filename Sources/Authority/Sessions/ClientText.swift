import PlainText
import SessionProtocol

/// What a client is told, and with which exit status; every text ends its last line.
enum ClientText {
    /// Denied: by policy, a lock, a limit.
    static let deniedStatus: UInt32 = 77
    /// It waits for an approval: EX_TEMPFAIL of sysexits(3).
    static let approvalStatus: UInt32 = 75
    /// Not denied, and yet it could not be done: what `ssh` itself exits with.
    static let unavailableStatus: UInt32 = 255

    /// The same for an unknown target, a forbidden one, and a login that is not granted.
    static let noGrant =
        """
        sallyport: denied: no grant permits this
          the user name is LOGIN@TARGET: ask who runs this bastion which are yours

        """

    /// LIMIT: of one text, `FieldLimits.refusalText`.
    static let maximumBytes = FieldLimits.refusalText

    static let undecidable =
        """
        sallyport: denied: this could not be decided, so it is not done
          whoever runs this bastion finds the reason in its audit trail

        """

    /// By which somebody who is asked finds the decision.
    static func decision(_ session: String) -> String { "  this decision: \(session)\n" }

    static func waitsForApproval(_ request: String) -> String {
        "  request: \(request); nothing has run\n"
    }

    static let approvalOfUnknownInput =
        """
          an approval is for one input: say which with SALLYPORT_INPUT=none, or sha256: and the
          digest of what you send, and ask again; nothing has run

        """

    static let anotherInput =
        "the input is not the one that was promised, or has no end; nothing has run"

    static func waiting(_ request: String, _ limit: Duration) -> String {
        "sallyport: waiting for an approval of \(request), "
            + "\(limit.components.seconds.counted("second")) at most\n"
    }

    /// Why a connection or a session ends by the settings.
    static func lasted(_ limit: Duration) -> String {
        "it may last for \(limit.components.seconds.counted("second"))"
    }

    static func timeLimitReached(_ limit: Duration) -> String {
        "the rules let it run for \(limit.components.seconds.counted("second"))"
    }

    static func denied(_ reason: String) -> String { "sallyport: denied: \(reason)\n" }

    static func unavailable(_ reason: String) -> String { "sallyport: \(reason)\n" }

    static func ended(_ reason: String) -> String { "sallyport: session ended: \(reason)\n" }

    static let cannotRecord =
        "sallyport: denied: the bastion cannot record, so it lets nothing happen\n"

    static let cannotRecordSignIn = "the bastion cannot record, so it lets nobody in"

    static func hostKeyMismatch(target: String, fingerprint: String) -> String {
        """
        sallyport: the host key of `\(target)` is not the pinned one: \(fingerprint)
          nothing was sent to it; if the host was set up anew, its operator runs
          `sallyport target scan \(target)` and compares the fingerprints on the host itself

        """
    }

    static func refusedByTarget(_ target: String) -> String {
        """
        sallyport: the target `\(target)` refused the certificate for this session
          whoever runs this bastion can ask `sallyport doctor target \(target)` why

        """
    }

    static func unanswered(_ target: String, _ reason: String) -> String {
        "sallyport: the target `\(target)` was lost before it answered: \(reason)\n"
    }

    static func unreachable(_ target: String, _ reason: String) -> String {
        "sallyport: the target `\(target)` cannot be reached: \(reason)\n"
    }
}
