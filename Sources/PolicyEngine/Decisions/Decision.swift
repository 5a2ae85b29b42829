package import CommandAnalysis
package import ShellSyntax

/// The answer to one authorization request, with what is to be known of it.
///
/// XACML's *NotApplicable* and *Indeterminate* are denials with their own reason: the bastion is a
/// deny-biased enforcement point (XACML 3.0 §7.2.2).
package struct Decision: Sendable {
    /// LIMIT: `FieldLimits.determiningRuleCount` of the session protocol; both places must agree.
    package static let maximumDeterminingRules = 64

    package let ruling: Ruling
    /// Why it is denied; nil where it is not.
    package let denial: Denial?
    /// The grants, and the rules that make the ruling.
    package let determiningRules: [RuleID]
    /// What must be done for a permit to hold; empty where it is denied.
    package let obligations: [Obligation]
    /// The actions that are denied or want an approval.
    package let judged: [JudgedAction]
    /// Everything that the request would do, as far as that is known.
    package let actions: [ForeseenAction]
    /// What the policies that are for the request do with what they say.
    package let mode: PolicyMode
    /// What would have been, where a policy only observes.
    package let observation: RuleVerdict.Observation?
    /// What becomes of what the client sends.
    package let inputUse: ClientInputUse
    /// What it was made of, which is given up after the answer: whoever waits for that need not wait
    /// for this.
    let judgement: CommandJudgement?

    /// Of a request that no rule was asked about.
    static func denied(_ denial: Denial, rules: [RuleID] = []) -> Decision {
        Decision(
            ruling: .deny,
            denial: denial,
            determiningRules: rules,
            obligations: [],
            judged: [],
            actions: [],
            mode: .enforce,
            observation: nil,
            inputUse: .code,
            judgement: nil
        )
    }
}

/// Why a request was refused.
package enum Denial: Error, Hashable, Sendable, CustomStringConvertible {
    /// By the rules: because some forbid what the command line does, or none permits it.
    ///
    /// The denied actions come first, then those that would want an approval.
    case refused([JudgedAction])
    /// No grant lets the principal ask at all.
    case noGrant
    /// What the permitting rules want the client to claim, and it did not.
    case missingClaims([String])
    /// Files are moved, and there are rules about paths that nobody holds against them yet.
    case uncheckedTransfer([RuleID])
    case undecidable(UndecidableReason)

    package var description: String {
        switch self {
        case .refused(let judged): Self.description(of: judged)
        case .noGrant: "no grant applies"
        case .missingClaims(let names):
            "a claim is missing: " + names.map { "`\($0)`" }.joined(separator: ", ")
        case .uncheckedTransfer(let rules):
            "file transfer is not checked yet, and there are rules about files: "
                + rules.prefix(Self.maximumShownRules).map { "`\($0)`" }.joined(separator: ", ")
                + (rules.count > Self.maximumShownRules ? ", …" : "")
        case .undecidable(let reason): "undecidable: \(reason)"
        }
    }

    /// LIMIT: rules in the way of a file transfer that its denial names.
    static let maximumShownRules = 3

    /// The rules that forbid something, or the actions that no rule permits.
    private static func description(of judged: [JudgedAction]) -> String {
        let denied = judged.filter { $0.ruling == .deny }
        var rules: [RuleID] = []
        for rule in denied.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        if !rules.isEmpty {
            return "forbidden by " + rules.map { "`\($0)`" }.joined(separator: ", ")
        }
        let actions = Set(denied.map(\.action.action.rawValue)).sorted()
        return "no rule permits " + actions.map { "`\($0)`" }.joined(separator: ", ")
    }
}

/// What kept the PDP from deciding; each is a denial.
package enum UndecidableReason: Hashable, Sendable, CustomStringConvertible {
    /// The request was made for another version of inventory and policy.
    case snapshotMismatch(asked: UInt64, loaded: UInt64)
    /// Subject, roles or owner are not what the snapshot says.
    case subjectMismatch
    case malformedRequest(String)
    /// The command line cannot be read, or not to its end; the place of that, where it has one.
    case unreadable(String, at: SourceRange?)
    /// The command line does more than is looked at.
    case tooManyActions(limit: Int)
    /// Its texts are too long for so many patterns.
    case tooMuchToMatch(limit: Int)

    /// More bytes than any request may have.
    static let tooLong = malformedRequest(
        "a command line exceeds the limit of \(CommandLimits.commandLineBytes) bytes"
    )

    package var description: String {
        switch self {
        case .snapshotMismatch(let asked, let loaded):
            "asked for snapshot \(asked), loaded is \(loaded)"
        case .subjectMismatch: "the subject is not the one of the snapshot"
        case .malformedRequest(let reason): "malformed request: \(reason)"
        case .unreadable(let reason, at: _): reason
        case .tooManyActions(let limit): "the command line does more than \(limit) things"
        case .tooMuchToMatch(let limit):
            "holding its texts against all rules exceeds the limit of \(limit) bytes"
        }
    }
}

/// What the PEP must do for a permit to hold (XACML 3.0 §7.18); one that it does not know denies.
package enum Obligation: Hashable, Sendable {
    /// Consent of so many other people, each with one of these roles.
    case approval(quorum: Int, roles: [Role])
    /// Secrets are masked on the way back and in the record.
    case masking
    /// The session ends after this time.
    case timeLimit(Duration)
    /// The client must claim something by this name, such as `ticket` or `reason`.
    case claim(String)
}
