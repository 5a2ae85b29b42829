import ShellSyntax

// What a program counts, and the first column of what it prints.

extension Filter {
    /// `wc -l FILE`, `cksum FILE`, `du -s FILE`, `sha256sum FILE`: one line that begins with what was
    /// counted.
    func counted(_ program: ShellText) -> AbstractText? {
        var options: [UInt8] = []
        var files = arguments[...]
        while let option = files.first?.literal, option.utf8.count > 1,
            option.utf8.first == UInt8(ascii: "-")
        {
            options += option.utf8.dropFirst()
            files.removeFirst()
        }
        guard files.count <= 1, files.allSatisfy(\.isOnOneLine) else { return nil }
        let file = files.first?.text
        let digits = AbstractText(UnknownText(.digits, from: .output))
        switch program {
        case "wc":
            // Without a file there is a number alone, and several numbers stand behind blanks.
            guard let file, options.count == 1, "lcmwL".utf8.contains(options[0]) else {
                return nil
            }
            return digits + " " + file + "\n"
        case "cksum":
            guard options.isEmpty else { return nil }
            return digits + " " + digits + (file.map { " " + $0 } ?? .empty) + "\n"
        case "du":
            guard options.contains(UInt8(ascii: "s")),
                options.allSatisfy({ "sbkmhxlLDH".utf8.contains($0) })
            else { return nil }
            let isForPeople = options.contains(UInt8(ascii: "h"))
            let size = AbstractText(UnknownText(isForPeople ? .name : .digits, from: .output))
            return size + "\t" + (file ?? ".") + "\n"
        default:
            guard options.isEmpty else { return nil }
            return AbstractText(UnknownText(.name, from: .output)) + "  " + (file ?? "-") + "\n"
        }
    }

    /// `awk '{print $1}'`.
    var firstWord: AbstractText? {
        guard arguments.count == 1, let program = arguments[0].literal else { return nil }
        let isFirst = program.utf8.filter { $0 != 0x20 }.elementsEqual("{print$1}".utf8)
        return isFirst ? input.firstColumn { $0 == 0x20 || $0 == 0x09 } : nil
    }
}

extension AbstractText {
    /// What stands before the first of these bytes in a text that is one line, where it is one word
    /// that is not known.
    func firstColumn(_ isSeparator: (UInt8) -> Bool) -> AbstractText? {
        guard pieces.count > 1, case .unknown(let first) = pieces[0], first.shape.isPlainWord,
            case .text(let next) = pieces[1], let byte = next.utf8.first, isSeparator(byte),
            first.shape == .digits || !byte.isOfName, isOneLine
        else { return nil }
        return AbstractText(first) + "\n"
    }

    /// Whether a line feed ends it, and there is no other one.
    private var isOneLine: Bool {
        guard case .text(let last) = pieces.last, last.utf8.last == 0x0A else { return false }
        var lineFeeds = 0
        for piece in pieces {
            guard case .text(let text) = piece else { continue }
            lineFeeds += text.utf8.count { $0 == 0x0A }
        }
        return lineFeeds == 1 && hasNoOtherLines
    }

    /// Whether nothing that is not known in it may have a line feed.
    fileprivate var hasNoOtherLines: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text, .directory: true
            case .unknown(let unknown): unknown.shape.isPlainWord || unknown.isOfEnvironment
            case .wildcard: false
            }
        }
    }
}

extension Argument {
    /// Whether it is one word in which there is no line feed, nor what a program writes as one.
    fileprivate var isOnOneLine: Bool {
        guard case .one(let text) = self, text.hasNoOtherLines else { return false }
        return text.pieces.allSatisfy { piece in
            guard case .text(let text) = piece else { return true }
            return !text.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }
        }
    }
}
