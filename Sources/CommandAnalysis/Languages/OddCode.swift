import ShellSyntax

// Spellings that languages read otherwise than their readers here do: with one of them in it, no code
// is known to the end.

extension AbstractText {
    func isOdd(in language: CodeLanguage) -> Bool {
        let bytes = pieces.flatMap { piece -> [UInt8] in
            if case .text(let text) = piece { Array(text.utf8) } else { [] }
        }
        switch language {
        case .perl: return bytes.hasOddSubscript || bytes.holdsAny(of: Self.perl)
        case .awk: return bytes.hasContinuedLine
        case .python: return bytes.holdsAny(of: Self.python)
        case .node: return bytes.holdsAny(of: ["flag"])
        case .ruby: return bytes.holdsAny(of: ["Pathname(", "CSV."])
        case .php: return bytes.holdsAny(of: ["|>"])
        case .lisp: return bytes.holdsAny(of: ["?\\^", "?\\C", "?\\M", "?\\S"])
        default: return false
        }
    }

    /// Other names of the arguments, and of where files are edited in their place.
    private static let perl = ["::ARGV", "{^I}", "English", "@{\"", "@{'"]
    /// Arguments that are named in another order, and modules that bring others.
    private static let python = [
        "open(mode", "open(file", "dst=", "src=", "from xml.", "idna", "punycode",
    ]
}

extension [UInt8] {
    fileprivate func holdsAny(of words: [String]) -> Bool { words.contains { holds($0) } }

    /// Whether an element is asked for of a variable that has no name of letters: `@-[…]`, `$^W[…]`,
    /// or with blanks or quotes in it: `$ {…}`, `$x'y[…]`.
    fileprivate var hasOddSubscript: Bool {
        for (index, byte) in enumerated() where byte == 0x24 || byte == 0x40 {
            var next = index + 1
            guard next < count else { continue }
            var isOdd = false
            while next < count, self[next] == 0x20 || self[next] == 0x09 {
                next += 1
                isOdd = true
            }
            guard next < count else { continue }
            if self[next] == UInt8(ascii: "^") {
                isOdd = true
                next += 2
            } else if "-+!,;.\"@<=~%'&`?\\|)]>".utf8.contains(self[next]) {
                isOdd = true
                next += 1
            }
            while next < count, self[next].isLetterOrDigit || self[next] == UInt8(ascii: "'") {
                if self[next] == UInt8(ascii: "'") { isOdd = true }
                next += 1
            }
            if isOdd, next < count,
                self[next] == UInt8(ascii: "[") || self[next] == UInt8(ascii: "{")
            {
                return true
            }
        }
        return false
    }

    /// Whether a line goes on behind `,`, `&&` or `||`, perhaps with a comment between.
    fileprivate var hasContinuedLine: Bool {
        for (index, byte) in enumerated() where byte == 0x0A {
            var last = index
            // A comment ends with the line.
            let start = self[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            if let comment = self[start..<index].firstIndex(of: UInt8(ascii: "#")) {
                last = comment
            }
            while last > start, self[last - 1] == 0x20 || self[last - 1] == 0x09 { last -= 1 }
            if last > start, ",&|".utf8.contains(self[last - 1]) { return true }
        }
        return false
    }
}
