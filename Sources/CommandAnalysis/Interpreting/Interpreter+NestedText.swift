import ShellSyntax

// Text that a shell reads a second time: `eval`, `sh -c`, `ssh host …`, a here-document.

/// What became of text that was read again.
struct NestedResult {
    var output: AbstractText
    /// Whether all of it could be read.
    var isKnown: Bool
}

extension Interpreter {
    /// Reads and runs a text; what cannot be known of it is `command.dynamic`.
    mutating func runNested(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> NestedResult {
        var inner = try frame.nested()
        guard let script = text.readable else {
            emit(.commandDynamic, frame, at: range)
            noteObeying(text, frame, at: range)
            if let names = text.processes { signalListed(names, frame, at: range) }
            return NestedResult(
                output: AbstractText(UnknownText(.text, from: .output)),
                isKnown: false
            )
        }
        try reread(script.utf8.count)
        inner.origin = origin(of: script, within: range)
        let result = try runText(Array(script.utf8), &state, inner)
        // Where bash may read it, it is bash that has to understand it; what another shell runs before
        // it gives up was seen.
        if result.failure != nil, !frame.mayBeBash { emit(.commandDynamic, frame, at: range) }
        return NestedResult(output: result.output, isKnown: result.failure == nil)
    }

    /// Notes who may be signalled by text that was made of a list of processes, where `kill` was said
    /// on the way: `ps -e | awk '/nginx/ {print "kill " $1}' | sh`.
    mutating func signalListed(
        _ names: [ShellText],
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard let killer = names.first(where: \.isKiller) else { return }
        let processes = names.filter { !$0.isKiller }.map { AbstractText($0) }
        let attribute = ForeseenAction.Attribute(.process, .texts(processes))
        emit(.processSignal, frame, program: killer, [attribute], certainty: .possible, at: range)
    }
}

extension ShellText {
    fileprivate var isKiller: Bool { self == "kill" || self == "pkill" || self == "killall" }
}

extension AbstractText {
    /// The text as a shell can read it; nil where what is not known could be more than part of a
    /// word.
    ///
    /// Unknown text without special characters is put in as a character that stands for it, so that
    /// it comes out of the words as unknown as it went in.
    var readable: ShellText? {
        if let literal { return literal }
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let known): text += known.description
            case .unknown(let unknown):
                // Many of them, one on a line, are no word.
                guard unknown.shape.isPlainWord, unknown.origin != .names else { return nil }
                text += unknown.placeholder
            case .directory(.start), .directory(.home(nil)):
                text.unicodeScalars.append(Self.homePlaceholder)
            case .directory(.home(_?)), .wildcard: return nil
            }
        }
        return ShellText(text)
    }

    /// Stands for the home of whoever runs the command in text that is read again.
    static let homePlaceholder: Unicode.Scalar = "\u{10FFF0}"

    /// The text as a program quotes it that puts it into text for a shell: one word, or part of one,
    /// where nothing around it is quoted.
    var quotedWord: ShellText {
        if pieces.isEmpty { return "''" }
        var text = ""
        var previous: UInt8?
        for piece in pieces {
            switch piece {
            case .text(let known): text += known.quotedWord.description
            case .unknown(let unknown):
                text += unknown.placeholder
            case .wildcard:
                // Names of files in a directory: with a dot before it, it may be `..`.
                let shape: UnknownText.Shape = previous == UInt8(ascii: ".") ? .text : .relativePath
                text.unicodeScalars.append(shape.placeholder)
            case .directory(.start), .directory(.home(nil)):
                text.unicodeScalars.append(Self.homePlaceholder)
            case .directory(.home(_?)):
                text.unicodeScalars.append(UnknownText.Shape.text.placeholder)
            }
            if case .text(let known) = piece { previous = known.utf8.last } else { previous = nil }
        }
        return ShellText(text)
    }

    /// What placeholders in a text stand for.
    static func replacingPlaceholders(in text: ShellText) -> AbstractText {
        guard text.contains(0xF4) else { return AbstractText(text) }
        var result = AbstractText.empty
        var rest = text.description.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == homePlaceholder {
                result.append(.directory(.home(nil)))
            } else if let unknown = UnknownText(placeholder: scalar, before: &rest) {
                result.append(.unknown(unknown))
            } else {
                result.append(.text(ShellText(String(Character(scalar)))))
            }
        }
        return result
    }
}

extension UnknownText {
    /// Characters beyond all that are assigned, which stand for names of files as a listing prints
    /// them, and for numbers of processes: the names of these follow, each with its end behind it.
    private static let listing: Unicode.Scalar = "\u{10FFF6}"
    private static let processes: Unicode.Scalar = "\u{10FFF7}"
    private static let endOfName: Unicode.Scalar = "\u{10FFF8}"

    /// What stands for it in text that a shell reads: part of a word.
    fileprivate var placeholder: String {
        switch origin {
        case .names where shape == .relativePath: return String(Character(Self.listing))
        case .processes(let names) where shape == .digits && names.allSatisfy(\.isPlainName):
            let texts = names.map { $0.description + String(Character(Self.endOfName)) }
            return String(Character(Self.processes)) + texts.joined()
        default: return String(Character(shape.placeholder))
        }
    }

    /// Takes what follows of it from the rest of the text.
    fileprivate init?(placeholder: Unicode.Scalar, before rest: inout Substring.UnicodeScalarView) {
        if let shape = Shape(placeholder: placeholder) {
            self.init(shape, from: .notComputed)
            return
        }
        switch placeholder {
        case Self.listing: self.init(.relativePath, from: .names)
        case Self.processes:
            var names: [ShellText] = []
            while let end = rest.firstIndex(of: Self.endOfName) {
                let name = ShellText(String(rest[..<end]))
                if !name.isPlainName { break }
                names.append(name)
                rest = rest[rest.index(after: end)...]
            }
            self.init(.digits, from: .processes(names))
        default: return nil
        }
    }
}

extension ShellText {
    /// Whether it is part of a word wherever it stands, and nothing else.
    fileprivate var isPlainName: Bool {
        !isEmpty && utf8.allSatisfy { $0.isLetterOrDigit || "-_.".utf8.contains($0) }
    }

    /// The text between single quotes, where it needs them.
    fileprivate var quotedWord: ShellText {
        if utf8.allSatisfy({ $0.isLetterOrDigit || "-_.+/".utf8.contains($0) }) { return self }
        return ShellText("'" + description.replacing("'", with: "'\"'\"'") + "'")
    }
}

extension UnknownText.Shape {
    /// A character beyond all that are assigned, which stands for unknown text of this shape.
    fileprivate var placeholder: Unicode.Scalar {
        switch self {
        case .digits: "\u{10FFF1}"
        case .integer: "\u{10FFF2}"
        case .name: "\u{10FFF3}"
        case .relativePath: "\u{10FFF4}"
        case .text: "\u{10FFF5}"
        }
    }

    fileprivate init?(placeholder: Unicode.Scalar) {
        switch placeholder {
        case "\u{10FFF1}": self = .digits
        case "\u{10FFF2}": self = .integer
        case "\u{10FFF3}": self = .name
        case "\u{10FFF4}": self = .relativePath
        case "\u{10FFF5}": self = .text
        default: return nil
        }
    }
}
