import ShellSyntax

// Filters of text: lines and characters.

extension Filter {
    func lines(_ program: ShellText) -> AbstractText? {
        // Of names of files, each is still one of them.
        if input.isListOfNames, arguments.allSatisfy(\.isNoFile) {
            switch program {
            case "head", "tail", "sort", "uniq", "cat", "tac": return input
            default: break
            }
        }
        switch program {
        case "cat":
            // Options of `cat` number lines or show what cannot be seen.
            guard arguments.allSatisfy({ $0.isNoOption || $0.literal == "-" }) else { return nil }
            return source(arguments[...])
        case "tr": return translate
        case "cut": return cut
        case "sed": return substitute
        case "rev", "tac", "sort", "uniq":
            // A second operand of `uniq` is written, and `tac` turns round each file of its own.
            guard arguments.allSatisfy({ $0.isNoOption }),
                arguments.count <= 1 || program == "sort",
                let text = source(arguments[...])?.literal
            else { return nil }
            return transformed(program, text)
        case "head", "tail": return end(program)
        default: return nil
        }
    }

    private func transformed(_ program: ShellText, _ text: ShellText) -> AbstractText? {
        var lines = text.lines
        // Without a line feed at its end, the last line becomes one with the one before.
        let isEnded = text.isEmpty || text.utf8.last == 0x0A
        switch program {
        case "rev": lines = lines.map { Self.reversed($0) }
        case "tac" where !isEnded && lines.count > 1: return nil
        case "tac": lines.reverse()
        // The order is that of a locale that nobody knows.
        case "sort" where lines.count > 1: return nil
        case "sort": lines.sort { $0.lexicographicallyPrecedes($1) }
        default:
            var kept: [[UInt8]] = []
            for line in lines where line != kept.last { kept.append(line) }
            lines = kept
        }
        // These end it in any case.
        let endsLines = program == "sort" || program == "uniq"
        return AbstractText(lines.text(isEnded: isEnded || endsLines))
    }

    /// By characters, not by bytes.
    private static func reversed(_ line: [UInt8]) -> [UInt8] {
        var scalars = String(decoding: line, as: UTF8.self).unicodeScalars.map { $0 }
        scalars.reverse()
        var text = ""
        for scalar in scalars { text.unicodeScalars.append(scalar) }
        return Array(text.utf8)
    }

    /// `head -n N`, `head -N`, `head -c N`, and `tail` likewise.
    private func end(_ program: ShellText) -> AbstractText? {
        var rest = arguments[...]
        var count = 10
        var isBytes = false
        if let option = rest.first, option.literal?.utf8.first == UInt8(ascii: "-"),
            option.literal != "-"
        {
            rest.removeFirst()
            if let number = option.text.number, number < 0 {
                count = -number
            } else if option.literal == "-n" || option.literal == "-c" {
                // `+1` counts from the other end.
                guard let next = rest.popFirst(), next.isNoOption, let number = next.text.number
                else { return nil }
                count = number
                isBytes = option.literal == "-c"
            } else if option.literal?.contains(UInt8(ascii: "+")) == true {
                return nil
            } else if let number = option.number(behind: UInt8(ascii: "n")) {
                count = number
            } else if let number = option.number(behind: UInt8(ascii: "c")) {
                count = number
                isBytes = true
            } else {
                return nil
            }
        }
        guard count >= 0, rest.allSatisfy(\.isNoOption), rest.count <= 1,
            let text = source(rest)?.literal
        else { return nil }
        if isBytes {
            let bytes = Array(text.utf8)
            let part = program == "head" ? bytes.prefix(count) : bytes.suffix(count)
            return String(validating: part, as: UTF8.self).map { AbstractText(ShellText($0)) }
        }
        let lines = text.lines
        let part = program == "head" ? lines.prefix(count) : lines.suffix(count)
        let hasLast = program == "tail" || count >= lines.count
        let isEnded = text.utf8.last == 0x0A || !hasLast
        return AbstractText(Array(part).text(isEnded: isEnded))
    }

    /// `cut -c A-B`, `cut -d X -f N`.
    private var cut: AbstractText? {
        var delimiter: UInt8 = 0x09
        var ranges: ShellText?
        var isFields = false
        var hasDelimiter = false
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard let literal = word.literal, literal.utf8.first == UInt8(ascii: "-"),
                literal.utf8.count > 1
            else {
                rest = [word] + rest
                break
            }
            let letter = Array(literal.utf8)[1]
            var value = ShellText(Array(literal.utf8.dropFirst(2)))
            if value.isEmpty {
                guard let next = rest.popFirst()?.literal else { return nil }
                value = next
            }
            if letter != UInt8(ascii: "d"), ranges != nil { return nil }
            switch letter {
            case UInt8(ascii: "d"):
                if hasDelimiter { return nil }
                hasDelimiter = true
                guard value.utf8.count == 1, let byte = value.utf8.first else { return nil }
                delimiter = byte
            case UInt8(ascii: "f"):
                ranges = value
                isFields = true
            case UInt8(ascii: "c"), UInt8(ascii: "b"): ranges = value
            default: return nil
            }
        }
        guard let ranges, let selection = Selection(ranges), isFields || !hasDelimiter,
            rest.allSatisfy(\.isNoOption), let known = source(rest)
        else { return nil }
        guard let text = known.literal else {
            return isFields && ranges == "1" ? known.firstColumn { $0 == delimiter } : nil
        }
        let lines = text.lines.map { line -> [UInt8] in
            guard isFields else {
                return line.enumerated().filter { selection.contains($0.offset + 1) }.map(\.element)
            }
            let fields = line.split(separator: delimiter, omittingEmptySubsequences: false)
            if fields.count == 1 { return line }
            let kept = fields.enumerated().filter { selection.contains($0.offset + 1) }
            return Array(kept.map(\.element).joined(separator: [delimiter]))
        }
        guard lines.allSatisfy({ String(validating: $0, as: UTF8.self) != nil }) else { return nil }
        return AbstractText(lines.text(isEnded: true))
    }

    /// `tr SET SET`, `tr -d SET`, over ASCII; `tr -dc SET` says what is left even of unknown text.
    private var translate: AbstractText? {
        var rest = arguments[...]
        var deletes = false
        var inverts = false
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-"),
            option.utf8.count > 1
        {
            rest.removeFirst()
            if option == "--" { break }
            for letter in option.utf8.dropFirst() {
                switch letter {
                case UInt8(ascii: "d"): deletes = true
                case UInt8(ascii: "c"), UInt8(ascii: "C"): inverts = true
                default: return nil
                }
            }
        }
        let sets = rest.compactMap { $0.literal.flatMap { CharacterList.expand($0) } }
        guard sets.count == rest.count, let first = sets.first else { return nil }
        if deletes, sets.count == 1 {
            if let text = input.literal {
                return AbstractText(ShellText(text.utf8.filter { first.contains($0) == inverts }))
            }
            let areDigits = first.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x0A }
            // What is left of unknown text may be nothing at all, which is no digits.
            return inverts && areDigits ? AbstractText(UnknownText(.digits, from: .output)) : nil
        }
        // Of classes, there is a second one for letters alone, behind the other one of these.
        let classes = rest.map {
            $0.literal?.utf8.first == UInt8(ascii: "[") && $0.literal?.utf8.last == 0x5D
        }
        guard sets.count == 2, !deletes, !inverts, let text = input.literal, !first.isEmpty,
            let last = sets[1].last,
            !classes[1] || classes[0] && first.count == 26 && sets[1].count == 26
        else { return nil }
        let second = sets[1]
        let bytes = text.utf8.map { byte -> UInt8 in
            guard let index = first.lastIndex(of: byte) else { return byte }
            return index < second.count ? second[index] : last
        }
        return String(validating: bytes, as: UTF8.self).map { AbstractText(ShellText($0)) }
    }

    /// `sed s/literal/literal/`, with or without `g`, and with `^` before the first or for it.
    private var substitute: AbstractText? {
        var rest = arguments[...]
        if rest.first?.literal == "-e" { rest.removeFirst() }
        guard let script = rest.popFirst()?.literal, rest.allSatisfy(\.isNoOption),
            let text = source(rest)?.literal
        else { return nil }
        let bytes = Array(script.utf8)
        guard bytes.count > 3, bytes[0] == UInt8(ascii: "s") else { return nil }
        let mark = bytes[1]
        guard "/,|#@:!%_+~;=".utf8.contains(mark) else { return nil }
        let parts = bytes[2...].split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty,
            parts[2].isEmpty || parts[2].elementsEqual("g".utf8)
        else { return nil }
        let isAnchored = parts[0].first == UInt8(ascii: "^")
        let wanted = isAnchored ? parts[0].dropFirst() : parts[0]
        guard !(wanted + parts[1]).contains(where: { "\\[]*.^$&+?(){}|\n".utf8.contains($0) })
        else { return nil }
        if isAnchored {
            let lines = text.lines.map { line in
                line.starts(with: wanted) ? Array(parts[1]) + line.dropFirst(wanted.count) : line
            }
            return AbstractText(lines.text(isEnded: text.utf8.last == 0x0A))
        }
        let isGlobal = !parts[2].isEmpty
        let pattern = AbstractText(ShellText(Array(parts[0])))
        let replacement = Replacement(AbstractText(ShellText(Array(parts[1]))))
        let lines = text.lines.map { line in
            AbstractText(ShellText(line)).replacing(
                isGlobal ? .every : .first,
                pattern,
                with: replacement
            )
        }
        let changed = lines.compactMap { $0.literal.map { Array($0.utf8) } }
        return changed.count == lines.count
            ? AbstractText(changed.text(isEnded: text.utf8.last == 0x0A)) : nil
    }
}

/// The numbers that a list such as `1,3-5,7-` selects.
private struct Selection {
    private var ranges: [ClosedRange<Int>] = []

    init?(_ list: ShellText) {
        guard list.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x2D })
        else {
            return nil
        }
        for item in list.utf8.split(separator: 0x2C, omittingEmptySubsequences: false) {
            if item.isEmpty || item.elementsEqual([0x2D]) { return nil }
            let ends = item.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
                .map { String(decoding: Array($0), as: UTF8.self) }
            let first = ends[0].isEmpty ? 1 : Int(ends[0])
            let last = ends.count == 1 ? first : ends[1].isEmpty ? Int.max : Int(ends[1])
            guard ends.count <= 2, let first, let last, first > 0, first <= last else { return nil }
            ranges.append(first...last)
        }
    }

    func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}

extension ShellText {
    /// The lines, without what ends them.
    fileprivate var lines: [[UInt8]] {
        var lines = utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension [[UInt8]] {
    /// As the lines of a text, whose last one perhaps nothing ends.
    fileprivate func text(isEnded: Bool) -> ShellText {
        var bytes: [UInt8] = []
        for line in self { bytes += line + [0x0A] }
        if !isEnded, !bytes.isEmpty { bytes.removeLast() }
        return ShellText(bytes)
    }
}

extension AbstractText {
    /// Whether it stands for any number of lines of one shape.
    fileprivate var isListOfNames: Bool {
        guard case .unknown(let unknown) = pieces.last else { return false }
        return unknown.shape != .text && unknown.origin == .output
    }
}

extension Argument {
    /// Whether it is an option or the number behind one, and no file that would be read instead.
    fileprivate var isNoFile: Bool {
        guard let literal else { return false }
        return literal.utf8.first == UInt8(ascii: "-") || text.number != nil
    }
}
