import CommandAnalysis
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
        var commandLine: [UInt8]
        let location: SourceLocation
        var input: ClientInput?
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
        return CaseFile(task: header.task, stanzas: stanzas)
    }

    private var place: SourceLocation { SourceLocation(file: file, line: line) }

    private mutating func read(_ text: Substring) {
        if text.hasPrefix("$ ") {
            begin(Array(text.dropFirst(2).utf8))
        } else if text.hasPrefix("$$ ") {
            guard let bytes = EscapedBytes.decode(text.dropFirst(3)) else {
                findings.error("an escape is none that is read here", at: place)
                return
            }
            begin(bytes)
        } else if text == ">" || text.hasPrefix("> "), open != nil {
            open?.commandLine += Array("\n".utf8) + Array(text.dropFirst(2).utf8)
        } else if text.hasPrefix("#") || text.allSatisfy({ $0 == " " }) {
            return
        } else if let expectation = Self.expectation(text) {
            answer(expectation)
        } else {
            readKey(text)
        }
    }

    private mutating func begin(_ commandLine: [UInt8]) {
        close()
        open = OpenStanza(commandLine: commandLine, location: place)
    }

    /// A command without an answer tests nothing, unless it is a step of a task.
    private mutating func close() {
        guard let open else { return }
        if header.task == nil {
            findings.error("a command has no answer", at: open.location)
            self.open = nil
        } else {
            answer(nil)
        }
    }

    private static let answers: [(word: String, rulings: Set<Ruling>)] = [
        ("permit", [.permit]), ("review", [.review]), ("deny", [.deny]),
        ("not permit", [.review, .deny]), ("not deny", [.permit, .review]),
    ]

    /// One of the answers, and perhaps text behind a colon.
    private static func expectation(_ text: Substring) -> CaseFile.Expectation? {
        for (word, rulings) in answers {
            if text == word { return CaseFile.Expectation(rulings: rulings, text: nil) }
            if text.hasPrefix(word + ": "), rulings != [.permit] {
                let wanted = String(text.dropFirst(word.count + 2))
                return CaseFile.Expectation(rulings: rulings, text: wanted)
            }
        }
        return nil
    }

    private mutating func answer(_ expectation: CaseFile.Expectation?) {
        guard let open else {
            findings.error("an answer without a command", at: place)
            return
        }
        self.open = nil
        guard var situation = header.situation else {
            findings.error(header.missing, at: open.location)
            return
        }
        if let input = open.input { situation.command.input = input }
        stanzas.append(
            CaseFile.Stanza(
                commandLine: open.commandLine,
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
        let input = ClientInput(written: String(value)).asLine
        // Several lines of text are one text.
        if case .text(let earlier) = open?.input, case .text(let more) = input {
            open?.input = .text(ShellText(earlier.description + more.description))
        } else {
            open?.input = input
        }
    }
}
