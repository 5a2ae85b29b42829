internal import CommandAnalysis
internal import PlainText
internal import ShellSyntax
internal import StrictYAML

/// A ruling in words, one line for each action that is denied or wants an approval.
package struct Explanation: Hashable, Sendable {
    package let lines: [String]

    /// LIMIT: characters of the command line that are shown in one line.
    package static let maximumShownCharacters = 120

    package init(_ verdict: RuleVerdict, of commandLine: [UInt8]) {
        if let undecidable = verdict.undecidable {
            lines = ["undecidable: \(undecidable)"]
        } else {
            lines = verdict.judged.map { Self.line($0, commandLine) }
        }
    }

    private static func line(_ judged: JudgedAction, _ bytes: [UInt8]) -> String {
        let range = judged.action.range.bytes.clamped(to: bytes.indices)
        let text = String(decoding: bytes[range], as: UTF8.self)
            .escapingControls(limit: maximumShownCharacters)
        var line = "\(cause(judged)): `\(text)`\(judged.action.context.shown)"
        line += " (\(judged.action.shown.escapingControls(limit: maximumShownCharacters)))"
        if let reason = judged.reason { line += ": \(reason)" }
        if let instead = judged.instead { line += "; instead: \(instead)" }
        return line
    }

    private static func cause(_ judged: JudgedAction) -> String {
        let rules = judged.rules.map(\.name).quotedList
        switch judged.ruling {
        case .deny where !judged.rules.isEmpty: return "forbidden by \(rules)"
        case .deny where !judged.undecidedRules.isEmpty:
            let undecided = judged.undecidedRules.map(\.name).quotedList
            return "no rule permits what may be forbidden by \(undecided)"
        case .deny: return "no rule permits `\(judged.action.action.rawValue)`"
        case .review, .permit: return "review by \(rules)"
        }
    }
}
