import ShellSyntax
import TestSupport
import Testing

/// POSIX XCU 2.2.1: a backslash before a line feed is removed before the text is split into tokens.
@Suite struct `a line continuation` {
    @Test(arguments: Dialect.allCases)
    func `leaves no trace in the tree, wherever it stands`(_ dialect: Dialect) throws {
        var random = SeededGenerator(seed: 1)
        var compared = 0
        // Every fourth: a tree that is printed costs more than one that is read.
        let texts = try Corpus.texts.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
        for text in texts where text.isFreeOfWhatKeepsContinuations {
            let bytes = Array(text.utf8)
            let plain = Program(bytes, dialect: dialect)
            guard plain.status == .accepted, !plain.outline.contains("DeferredError") else {
                continue
            }
            let offset = Int.random(in: 0...bytes.count, using: &random)
            guard offset == 0 || bytes[offset - 1] != 0x5C else { continue }
            let joined = bytes[..<offset] + [0x5C, 0x0A] + bytes[offset...]

            let program = Program(joined, dialect: dialect)
            // Where nobody breaks a line, between `=` and `(`, it may be refused.
            guard program.status == .accepted else { continue }
            compared += 1
            #expect(program.outline == plain.outline, "\(String(decoding: joined, as: UTF8.self))")
        }
        #expect(compared > 150)
    }
}

extension String {
    /// Nothing in which a line continuation is text.
    ///
    /// That is single quotes, comments and here-documents. Nor bytes of which a character has several.
    fileprivate var isFreeOfWhatKeepsContinuations: Bool {
        !contains { $0 == "'" || $0 == "#" || $0 == "\n" || !$0.isASCII } && !contains("<<")
            && !(contains("\"${") && contains("<("))
    }
}

extension Program {
    /// All of the tree but where it stands.
    fileprivate var outline: String {
        var text = ""
        dump(self, to: &text)
        return text.split(separator: "\n")
            .filter { !$0.contains("lowerBound") && !$0.contains("upperBound") }
            .joined(separator: "\n")
    }
}
