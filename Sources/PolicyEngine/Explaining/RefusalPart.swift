internal import CommandAnalysis
internal import ShellSyntax

/// One thing that a command line does and may not, or not without an approval, as plain values.
package struct RefusalPart: Hashable, Sendable {
    package let ruling: Ruling
    /// The action with its values, as whom and where: `file.delete / recursive as root`.
    package let action: String
    /// The rules that hold, with their places; empty where it is denied because none does.
    package let rules: [String]
    /// Forbids of which nobody can tell whether they hold.
    package let undecidedRules: [String]
    package let reason: String?
    /// What to do instead, in words.
    package let instead: String?
    /// The bytes of the command line that do it.
    package let range: Range<Int>

    package init(
        ruling: Ruling,
        action: String,
        rules: [String],
        undecidedRules: [String],
        reason: String?,
        instead: String?,
        range: Range<Int>
    ) {
        self.ruling = ruling
        self.action = action
        self.rules = rules
        self.undecidedRules = undecidedRules
        self.reason = reason
        self.instead = instead
        self.range = range
    }

    package init(_ judged: JudgedAction) {
        self.init(
            ruling: judged.ruling,
            action: judged.action.shown + judged.action.context.shown,
            rules: judged.rules.map(\.text),
            undecidedRules: judged.undecidedRules.map(\.text),
            reason: judged.reason,
            instead: judged.instead,
            range: judged.action.range.bytes
        )
    }

    /// What denies it or sends it to review, without what it is about.
    var cause: String {
        let list = (rules.isEmpty ? undecidedRules : rules).joined(separator: ", ")
        return switch ruling {
        case .deny where !rules.isEmpty: "denied by \(list)"
        case .deny where !undecidedRules.isEmpty:
            "denied: no rule permits what may be forbidden by \(list)"
        case .deny: "denied: no rule permits this"
        case .review, .permit: "needs an approval by \(list)"
        }
    }
}
