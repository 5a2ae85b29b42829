import ShellSyntax
import StrictYAML

/// Reads the lines of a `.cases` file.
struct CaseReader {
    private let file: String
    private let findings: Findings
    private var header = CaseHeader()
    private var line = 0
    private var open: OpenStanza?
    private var stanzas: [CaseFile.Stanza] = []

    /// A command that still wants its answer.
    private struct OpenStanza {
        var commandLine: String
        let location: SourceLocation
        var input: CaseSituation.Input?
    }

    init(file: String, findings: Findings) {
        self.file = file
        self.findings = findings
    }

    mutating func read(_ text: String) -> CaseFile {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            self.line += 1
            read(line)
        }
        close()
        return CaseFile(stanzas: stanzas)
    }

    private var place: SourceLocation { SourceLocation(file: file, line: line) }

    private mutating func read(_ text: Substring) {
        if text.hasPrefix("$ ") {
            close()
            open = OpenStanza(commandLine: String(text.dropFirst(2)), location: place)
        } else if text == ">" || text.hasPrefix("> "), open != nil {
            open?.commandLine += "\n" + text.dropFirst(2)
        } else if text.hasPrefix("#") || text.allSatisfy({ $0 == " " }) {
            return
        } else if let expectation = Self.expectation(text) {
            answer(expectation)
        } else {
            readKey(text)
        }
    }

    /// A command without an answer tests nothing.
    private mutating func close() {
        if let open { findings.error("a command has no answer", at: open.location) }
        open = nil
    }

    /// `permit`, `review`, `deny`, and the last two with text behind a colon.
    private static func expectation(_ text: Substring) -> CaseFile.Expectation? {
        for (word, ruling) in [("permit", Ruling.permit), ("review", .review), ("deny", .deny)] {
            if text == word { return CaseFile.Expectation(ruling: ruling, text: nil) }
            if text.hasPrefix(word + ": "), ruling != .permit {
                let wanted = String(text.dropFirst(word.count + 2))
                return CaseFile.Expectation(ruling: ruling, text: wanted)
            }
        }
        return nil
    }

    private mutating func answer(_ expectation: CaseFile.Expectation) {
        guard let open else {
            findings.error("an answer without a command", at: place)
            return
        }
        self.open = nil
        guard var situation = header.situation else {
            findings.error(header.missing, at: open.location)
            return
        }
        if let input = open.input { situation.input = input }
        stanzas.append(
            CaseFile.Stanza(
                commandLine: ShellText(open.commandLine),
                situation: situation,
                expectation: expectation,
                location: open.location
            )
        )
    }

    /// `key: value`, which holds for all commands that follow.
    private mutating func readKey(_ text: Substring) {
        guard let colon = text.firstIndex(of: ":") else {
            findings.error(
                "expected a command (`$ …`), an answer or `key: value`, found "
                    + String(text).quoted,
                at: place
            )
            return
        }
        let key = String(text[..<colon])
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        if open != nil {
            readInput(key, value)
        } else if let message = header.set(key, String(value)) {
            findings.error(message, at: place)
        }
    }

    /// Between a command and its answer only the input of this one command may stand.
    private mutating func readInput(_ key: String, _ value: Substring) {
        guard key == "stdin" else {
            findings.error("\(key.quoted) stands before a command, not behind it", at: place)
            return
        }
        guard let input = CaseHeader.input(value) else {
            findings.error(CaseHeader.expectedInput(String(value)), at: place)
            return
        }
        // Several literal lines are one text of several lines.
        if case .literal(let earlier) = open?.input, case .literal(let more) = input {
            open?.input = .literal(ShellText(earlier.description + more.description))
        } else {
            open?.input = input
        }
    }
}
