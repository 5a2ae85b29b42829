internal import PlainText

/// What would change if one book took the place of another, over commands that were asked about.
package struct BookComparison: Sendable {
    /// LIMIT: Unicode scalars of a command line, or of a reason, that are shown.
    static let maximumShownScalars = 160

    /// A command line in its circumstances.
    package struct Asked: Sendable {
        /// Where it comes from: a place in a file, a session.
        package let origin: String
        package let commandLine: [UInt8]
        package let situation: CommandSituation

        package init(origin: String, commandLine: [UInt8], situation: CommandSituation) {
            self.origin = origin
            self.commandLine = commandLine
            self.situation = situation
        }
    }

    /// Two rulings that differ, the old one first.
    private struct Turn: Hashable, Comparable, CustomStringConvertible {
        let old: Ruling
        let new: Ruling

        /// What becomes looser comes first: it is what has to be looked at.
        static func < (left: Turn, right: Turn) -> Bool {
            (left.new, right.old) < (right.new, left.old)
        }

        var description: String { "\(old) → \(new)" }
    }

    private let old: RuleBook
    private let new: RuleBook
    private var count = 0
    private var changes: [Turn: [[String]]] = [:]

    package init(from old: RuleBook, to new: RuleBook) {
        self.old = old
        self.new = new
    }

    /// Asks both books.
    package mutating func add(_ asked: Asked) {
        count += 1
        let before = CheckedCommand(asked.commandLine, in: asked.situation, by: old).decision
        let after = CheckedCommand(asked.commandLine, in: asked.situation, by: new).decision
        guard before.ruling != after.ruling else { return }
        let command = String(decoding: asked.commandLine, as: UTF8.self)
        changes[Turn(old: before.ruling, new: after.ruling), default: []].append([
            "  \(Self.shown(command))",
            "    from: \(Self.shown(asked.origin))",
            "    old: \(Self.shown(before.cause))",
            "    new: \(Self.shown(after.cause))",
        ])
    }

    /// Each command whose ruling differs, by old and new ruling, and a summary.
    package var lines: [String] {
        var lines: [String] = []
        for (turn, commands) in changes.sorted(by: { $0.key < $1.key }) {
            lines.append("\(turn): \(commands.count.counted("command"))")
            lines += commands.joined()
        }
        let changed = changes.values.reduce(0) { $0 + $1.count }
        let summary = "\(count.counted("command")), \(changed) decided otherwise"
        let turns = changes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.count)" }
        return lines + [summary + (turns.isEmpty ? "" : " (\(turns.joined(separator: ", ")))")]
    }

    private static func shown(_ text: String) -> String {
        text.escapingControls(limit: maximumShownScalars)
    }
}

extension Decision {
    /// Why it is so, in one line.
    fileprivate var cause: String {
        refusal?.reason
            ?? "permitted by " + determiningRules.map { "`\($0)`" }.joined(separator: ", ")
    }
}
