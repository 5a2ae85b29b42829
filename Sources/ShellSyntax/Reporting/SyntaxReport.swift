/// Why a text was not accepted, as compilers say it: the place, the reason, the line, and a caret
/// under what is meant.
///
///     deploy.sh:3:7: unexpected `)`, expected the end of the command
///     echo a)
///           ^
public struct SyntaxReport {
    /// LIMIT: what is shown of a line on each side of the place, in characters; a script on one
    /// line of megabytes must not fill the terminal.
    private static let maximumContext = 60

    private let name: String
    private let text: [UInt8]
    private let table: LineTable

    /// - Parameters:
    ///   - name: How the text is called in front of each message.
    ///   - text: All of the text.
    public init(name: String, text: [UInt8]) {
        self.name = ShellText(name).escapingControls
        self.text = text
        table = LineTable(text)
    }

    /// What `Program` found, each message on lines of its own; empty where the text was accepted.
    public func lines(for program: Program) -> [String] {
        if !program.errors.isEmpty {
            return program.errors.flatMap { lines(of: $0.description, at: $0.range) }
        }
        guard let incomplete = program.incomplete, let innermost = incomplete.open.last else {
            return []
        }
        return lines(of: incomplete.description, at: innermost.range)
    }

    private func lines(of message: String, at range: SourceRange) -> [String] {
        let place = table.place(of: range.bytes.lowerBound)
        let (line, caret) = excerpt(range.bytes.lowerBound)
        return ["\(name):\(place): \(message)", line, caret]
    }

    /// The line in which a byte stands, and a line with a caret below that byte.
    private func excerpt(_ offset: Int) -> (line: String, caret: String) {
        let offset = min(offset, text.count)
        let before = Self.shown(text[..<offset].endOfLine, keepingEnd: true)
        let behind = Self.shown(text[offset...].prefix { $0 != 0x0A }, keepingEnd: false)
        // A tab below a tab keeps the caret in its column, however wide tabs are.
        let blanks = before.unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
        return (before + behind, blanks + "^")
    }

    /// Text without control characters but tabs, and no more of it than fits on a line.
    private static func shown(_ bytes: ArraySlice<UInt8>, keepingEnd: Bool) -> String {
        // A character has at most four bytes; one that is cut becomes a replacement character.
        let kept =
            keepingEnd ? bytes.suffix(4 * maximumContext) : bytes.prefix(4 * maximumContext)
        let scalars = Array(String(decoding: kept, as: UTF8.self).unicodeScalars)
        let some = keepingEnd ? scalars.suffix(maximumContext) : scalars.prefix(maximumContext)
        let text = some.reduce(into: "") { $0 += $1 == "\t" ? "\t" : $1.shown }
        guard some.count < scalars.count || kept.count < bytes.count else { return text }
        return keepingEnd ? "…" + text : text + "…"
    }
}

extension ArraySlice<UInt8> {
    /// What stands behind the last line feed.
    fileprivate var endOfLine: ArraySlice<UInt8> {
        lastIndex(of: 0x0A).map { self[($0 + 1)...] } ?? self
    }
}
