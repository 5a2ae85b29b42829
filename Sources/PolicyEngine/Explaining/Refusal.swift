internal import PlainText
internal import ShellSyntax

/// Why a command line does not run, in words for a person and as one line of JSON for a program.
///
/// Everything in it is foreign and shown without anything that a terminal acts on.
package struct Refusal: Hashable, Sendable {
    /// LIMIT: places and causes that one text shows; how many more there are is said.
    package static let maximumShownParts = 4
    /// LIMIT: actions that are named at one place.
    static let maximumShownActions = 3
    /// LIMIT: Unicode scalars of an action that is shown.
    static let maximumActionScalars = 80
    /// LIMIT: Unicode scalars of each other field that is shown.
    static let maximumFieldScalars = 400

    package let ruling: Ruling
    /// The denied actions first.
    package let parts: [RefusalPart]
    /// Why, where no part says it.
    package let reason: String
    /// What of the command line cannot be read; nil where it is not about that.
    package let place: Range<Int>?

    package init(
        ruling: Ruling,
        parts: [RefusalPart],
        reason: String,
        place: Range<Int>? = nil
    ) {
        self.ruling = ruling
        self.parts = parts
        self.reason = reason
        self.place = place
    }

    /// Several lines, each with its end.
    ///
    /// - Parameters:
    ///   - commandLine: What was asked for; need not be UTF-8.
    ///   - prefix: In front of the first line.
    /// - Returns: Text for a terminal.
    package func text(of commandLine: [UInt8], prefix: String = "sallyport: ") -> String {
        let causes = self.causes
        guard let first = causes.first else {
            let word = ruling == .deny ? "denied" : "needs an approval"
            let shown = place.map { Self.underlined($0, commandLine, []) } ?? ""
            return "\(prefix)\(word): \(Self.shown(reason))\n" + shown
        }
        var text = "\(prefix)\(Self.shown(first.text))\n"
        for place in first.places.prefix(Self.maximumShownParts) {
            text += Self.underlined(place.range, commandLine, place.actions)
        }
        text += Self.rest(of: first.places.count, "more place")
        if let reason = first.parts[0].reason { text += "  because: \(Self.shown(reason))\n" }
        if let instead = first.parts[0].instead { text += "  instead: \(Self.shown(instead))\n" }
        for other in causes.dropFirst().prefix(Self.maximumShownParts) {
            let actions = Self.list(other.parts.map(\.action))
            text += "  also \(Self.shown(other.text)): \(actions)\n"
        }
        return text + Self.rest(of: causes.count - 1, "more reason")
    }

    private static func rest(of count: Int, _ noun: String) -> String {
        count <= maximumShownParts
            ? "" : "  … and \((count - maximumShownParts).counted(noun))\n"
    }

    /// The parts that have one cause, in the order of their first.
    private struct Cause {
        let text: String
        var parts: [RefusalPart]

        /// Each stretch of the command line once, with all that is done there.
        var places: [(range: Range<Int>, actions: [String])] {
            var places: [(range: Range<Int>, actions: [String])] = []
            for part in parts {
                if let number = places.firstIndex(where: { $0.range == part.range }) {
                    places[number].actions.append(part.action)
                } else {
                    places.append((part.range, [part.action]))
                }
            }
            return places
        }
    }

    /// What makes the ruling: beside a denial no approval counts.
    private var causes: [Cause] {
        var causes: [Cause] = []
        for part in parts where part.ruling == ruling {
            let text = part.cause
            if let number = causes.firstIndex(where: { $0.text == text }) {
                causes[number].parts.append(part)
            } else {
                causes.append(Cause(text: text, parts: [part]))
            }
        }
        return causes
    }

    private static func underlined(
        _ range: Range<Int>,
        _ commandLine: [UInt8],
        _ actions: [String]
    ) -> String {
        let note = list(actions)
        guard !commandLine.isEmpty else { return note.isEmpty ? "" : "  \(note)\n" }
        let line = ShownLine(of: range, in: commandLine)
        return "  \(line.text)\n  \(line.underline)\(note.isEmpty ? "" : " " + note)\n"
    }

    /// What is done, each once, as far as it fits a line.
    private static func list(_ actions: [String]) -> String {
        var distinct: [String] = []
        for action in actions where !distinct.contains(action) { distinct.append(action) }
        let shown = distinct.prefix(maximumShownActions)
            .map { $0.escapingControls(limit: maximumActionScalars) }.joined(separator: ", ")
        let rest = distinct.count - maximumShownActions
        return rest > 0 ? "\(shown) … and \(rest) more" : shown
    }

    private static func shown(_ text: String) -> String {
        text.escapingControls(limit: maximumFieldScalars)
    }
}

extension Decision {
    /// Why the request does not run as it was made; nil where it is permitted.
    package var refusal: Refusal? {
        guard ruling != .permit else { return nil }
        return Refusal(
            ruling: ruling,
            parts: judged.map(RefusalPart.init),
            reason: denial?.description ?? Refusal.approval(judged),
            place: denial?.place
        )
    }
}

extension RuleVerdict {
    /// Why the command line does not run without more; nil where it is permitted.
    package var refusal: Refusal? { Refusal(ruling, judged, undecidable) }
}

extension RuleVerdict.Observation {
    /// Why the command line would not run without more; nil where it would.
    package var refusal: Refusal? { Refusal(ruling, judged, undecidable) }
}

extension Refusal {
    fileprivate init?(
        _ ruling: Ruling,
        _ judged: [JudgedAction],
        _ undecidable: UndecidableReason?
    ) {
        guard ruling != .permit else { return nil }
        let denial: Denial = undecidable.map { .undecidable($0) } ?? .refused(judged)
        self.init(
            ruling: ruling,
            parts: judged.map(RefusalPart.init),
            reason: ruling == .deny ? denial.description : Self.approval(judged),
            place: denial.place
        )
    }

    static func approval(_ judged: [JudgedAction]) -> String {
        var rules: [RuleID] = []
        for rule in judged.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        return "needs an approval by " + rules.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Denial {
    fileprivate var place: Range<Int>? {
        guard case .undecidable(.unreadable(_, at: let range?)) = self else { return nil }
        return range.bytes
    }
}
