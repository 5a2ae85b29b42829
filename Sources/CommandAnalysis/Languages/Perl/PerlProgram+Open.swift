import ShellSyntax

extension PerlProgram {
    /// Reads `open`, whose mode may be part of the name, and whose file may be a command.
    mutating func open(at place: Int) {
        let all = operands(behind: place)
        let range = span(of: place)
        guard let mode = all.dropFirst().first?.text else {
            builder.giveUp()
            return
        }
        if all.count == 2 { return openNamed(mode, at: range) }
        guard let literal = mode.literal else {
            builder.giveUp()
            return
        }
        let target = all[2].text
        let rest = all.dropFirst(2).flatMap(\.arguments)
        let kind = Array(literal.utf8.filter { $0 != 0x20 }.prefix { $0 != UInt8(ascii: ":") })
        switch String(decoding: kind, as: UTF8.self) {
        case "<": builder.add(.readFile(target), at: range)
        case ">", ">>", "+<", "+>", "+>>": builder.add(.writeFile(target), at: range)
        case "-|" where rest.count == 1: builder.add(.shell(target), at: range)
        case "-|": builder.add(.command(rest), at: range)
        case "|-" where rest.count == 1: builder.add(.shellWithInput(target), at: range)
        case "|-":
            builder.add(.command(rest), at: range)
            builder.giveUp()
        default: builder.giveUp()
        }
    }

    /// Reads the name of an `open` with two operands: `>file`, `command|`.
    private mutating func openNamed(_ name: AbstractText, at range: Range<Int>) {
        let prefix = Array(name.knownPrefix.utf8.drop(while: \.isWhite))
        guard let first = prefix.first else {
            // The name may be anything, a command too.
            builder.add(.shell(.notComputed), at: range)
            return builder.giveUp()
        }
        if first == UInt8(ascii: "|") {
            return builder.add(.shellWithInput(Self.dropping(1, of: name)), at: range)
        }
        let isWrite = first == UInt8(ascii: ">") || prefix.starts(with: "+<".utf8)
        let isRead = first == UInt8(ascii: "<")
        if isWrite || isRead {
            let mode = prefix.prefix { "<>+".utf8.contains($0) }
            // Another descriptor under a new name.
            if prefix.dropFirst(mode.count).first == UInt8(ascii: "&") { return }
            let file = Self.dropping(mode.count, of: name)
            return builder.add(isRead ? .readFile(file) : .writeFile(file), at: range)
        }
        guard let literal = name.literal else {
            builder.add(.readFile(name), at: range)
            return builder.giveUp()
        }
        let bytes = Array(literal.utf8)
        let end = bytes.lastIndex { !$0.isWhite } ?? 0
        if bytes[end] == UInt8(ascii: "|") {
            builder.add(.shell(AbstractText(ShellText(bytes[..<end]))), at: range)
        } else if literal != "-" {
            builder.add(.readFile(name), at: range)
        }
    }

    /// The text without its mode and the blanks around that.
    private static func dropping(_ count: Int, of text: AbstractText) -> AbstractText {
        var pieces = text.pieces
        guard case .text(let first) = pieces.first else { return text }
        let rest = first.utf8.drop(while: \.isWhite).dropFirst(count).drop(while: \.isWhite)
        pieces[0] = .text(ShellText(rest))
        return AbstractText(pieces)
    }
}
