internal import ShellSyntax

// `.*` finds `.` and `..` before bash 5.2: the directory itself, and the one above it.

extension Interpreter {
    /// Fields of file names, with those that only some versions find.
    func dotFileReadings(
        of fields: [Argument],
        _ state: ShellState,
        _ frame: Frame
    ) -> [[Argument]] {
        guard fields.contains(where: \.isPattern), let older = fields.withDotDirectories else {
            return [fields]
        }
        return readings(of: .dotFilesSkipped, state, frame, newer: [fields], older: [older])
    }

    /// What an extended pattern matches, with `@(.|..)` where that does.
    func extendedGlobReadings(
        of glob: ExtendedGlob,
        _ state: ShellState,
        _ frame: Frame
    ) -> [[Segment]] {
        let pattern: [Segment] = [.quoted(AbstractText([.wildcard(.anyText)]))]
        let findsDots = glob.alternatives.contains { alternative in
            guard case .literal(let literal) = alternative.parts.first else { return false }
            return literal.text.utf8.first == UInt8(ascii: ".")
        }
        guard findsDots, reading(of: .dotFilesSkipped, state, frame).mayBeOlder else {
            return [pattern]
        }
        return [pattern, [.quoted(".")], [.quoted("..")]]
    }
}

extension Argument {
    fileprivate var isPattern: Bool {
        if case .one(let text) = self { text.hasWildcard } else { false }
    }
}

extension [Argument] {
    /// With `.` and `..` where patterns match them; nil where none does.
    fileprivate var withDotDirectories: [Argument]? {
        var all: [Argument] = []
        for argument in self {
            if case .one(let text) = argument { all += text.dotDirectories }
            all.append(argument)
        }
        return all.count > count ? all : nil
    }
}

extension AbstractText {
    /// The paths with `.` or `..` in them that the pattern matches.
    fileprivate var dotDirectories: [Argument] {
        guard mayBeginComponentWithDot else { return [] }
        var paths = [AbstractText.empty]
        var found = 0
        for (index, component) in split(at: UInt8(ascii: "/")).enumerated() {
            var choices = [component]
            if let pattern = component.dotPattern {
                choices += [".", ".."].filter { pattern.matches(Array($0.utf8)) }
                    .map { AbstractText(ShellText($0)) }
            }
            if choices.count > 1 { found += 1 }
            guard found <= AnalysisLimits.dotComponents else {
                return [.any(UnknownText.notComputed)]
            }
            paths = paths.flatMap { path in
                choices.map { (index == 0 ? path : path + "/") + $0 }
            }
        }
        return paths.filter { $0 != self }.map { .one($0) }
    }

    /// Whether a component begins with a dot that is written.
    private var mayBeginComponentWithDot: Bool {
        var previous = UInt8(ascii: "/")
        for index in pieces.indices {
            guard case .text(let text) = pieces[index] else {
                previous = 0
                continue
            }
            for byte in text.utf8 {
                if byte == UInt8(ascii: "."), previous == UInt8(ascii: "/") { return true }
                previous = byte
            }
        }
        return false
    }

    /// A component as a pattern, where it is one whose first character is a dot.
    private var dotPattern: ShellPattern? {
        guard hasWildcard, knownPrefix.utf8.first == UInt8(ascii: ".") else { return nil }
        return ShellPattern(self)
    }
}
