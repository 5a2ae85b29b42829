internal import ShellSyntax

// Where a command line starts is the home of the login, and to those who work there it is a working
// tree. `chmod -R g+w .` and `rm *.o` mean that tree; a start-up file is meant where its name is.

extension PathPattern {
    /// Whether a path, which may lie in the set, says so much of a file that the one in the home of
    /// the login is meant, and not whatever stands in the tree where the command line starts.
    func isNamed(by subject: PathSubject) -> Bool {
        let path = subject.path
        guard path.root == .known(.start), path.levelsUp == 0 else { return true }
        guard let first = path.components.first, let last = path.components.last else {
            return false
        }
        switch first.pieces.first {
        case .wildcard: break
        case .unknown(let unknown):
            switch unknown.shape {
            case .relativePath: break
            case .digits, .integer, .name:
                // `$(hostname).tgz` is no `.forward+x`.
                return path.components.count > 1 || mayEnd(with: last, subject)
            case .text: return true
            }
        case .text where path.components.count == 1 && last.hasWildcard:
            // `.*~` is no `.forward+x`.
            return mayEnd(with: last, subject)
        case .text, .directory, nil: return true
        }
        if last.isAnything { return false }
        return mayEnd(with: last, subject)
    }

    /// Whether a pattern for a name wherever it stands is meant.
    ///
    /// It is where enough of the name is written: `*.key`, `.e*`. Anything may be one of these.
    func isNamedInPart(by subject: PathSubject) -> Bool {
        let path = subject.path
        guard components.first == .any else { return true }
        guard let last = path.components.last, !last.hasUnknown, !last.isAnything else {
            return false
        }
        if case .wildcard = last.pieces.last {
            switch last.pieces.first {
            // `.e*` and `server*`, but not `a*`.
            case .text(let start):
                let isEnough = start.utf8.count > 1 || start == "."
                guard isEnough, case .text = name?.pieces.first else { return false }
            // `*key*`, but not `*proxy*`.
            default: guard last.texts.contains(where: isWritten) else { return false }
            }
        }
        return mayEnd(with: last, subject)
    }

    /// The last component that is written.
    private var name: AbstractText? {
        for case .one(let name) in components.reversed() { return name }
        return nil
    }

    /// Whether the text is a part of the name.
    private func isWritten(_ text: ShellText) -> Bool {
        name?.texts.contains { whole in
            whole.utf8.indices.contains { whole.utf8[$0...].starts(with: text.utf8) }
        } ?? false
    }

    /// Whether the last component that is written, without a `*` at its end, may be this name.
    private func mayEnd(with name: AbstractText, _ subject: PathSubject) -> Bool {
        guard let stem else { return false }
        if let ending = name.ending {
            // `*.conf` is all of that kind; `*.bashrc` asks for one.
            return stem.literal.map { $0 == ending } ?? false
        }
        if let known = name.literal, let literal = stem.literal { return known == literal }
        // `.bash*` asks for some of those, `.#*` for none.
        if let start = name.startOfMany {
            return !stem.start.isEmpty
                && (stem.start.utf8.starts(with: start.utf8)
                    || start.utf8.starts(with: stem.start.utf8))
        }
        return stem.machine?.meets(subject.name) ?? true
    }
}

/// The last component of a pattern that is written, without a `*` at its end.
final class NameStem: Sendable {
    /// Nil where there are wildcards in it.
    let literal: ShellText?
    /// What is written at its start.
    let start: ShellText
    /// Nil where it would have too many states.
    let machine: GlobMachine?

    /// Nil where none of the components is.
    init?(_ components: [PathPattern.Component]) {
        let written = components.compactMap { component -> AbstractText? in
            if case .one(let text) = component, !text.isAnything { text } else { nil }
        }
        guard let last = written.last else { return nil }
        var pieces = last.pieces[...]
        while pieces.count > 1, pieces.last == .wildcard(.anyText) { pieces.removeLast() }
        let text = AbstractText(pieces)
        literal = text.literal
        start = text.knownPrefix
        machine = GlobMachine(GlobTokens.name(text).tokens)
    }
}

extension AbstractText {
    fileprivate var texts: [ShellText] {
        pieces.compactMap { piece in if case .text(let text) = piece { text } else { nil } }
    }

    /// Whether nothing is known of the name.
    var isAnything: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .wildcard(.anyText): true
            case .unknown(let unknown): unknown.shape == .relativePath
            case .text, .wildcard, .directory: false
            }
        }
    }

    /// `.bash` of `.bash*`.
    fileprivate var startOfMany: ShellText? {
        guard pieces.count == 2, case .text(let text) = pieces[0], pieces[1] == .wildcard(.anyText)
        else { return nil }
        return text
    }

    /// `.conf` of `*.conf`.
    var ending: ShellText? {
        guard pieces.count == 2, pieces[0] == .wildcard(.anyText), case .text(let text) = pieces[1],
            text.utf8.first == UInt8(ascii: ".")
        else { return nil }
        return text
    }
}
