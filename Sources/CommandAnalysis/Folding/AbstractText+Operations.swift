import ShellSyntax

// The operators of parameter expansions on a text.

extension AbstractText {
    /// What stands between such bytes, empty texts included.
    func split(at separator: UInt8) -> [AbstractText] {
        var found: [[Piece]] = [[]]
        for piece in pieces {
            guard case .text(let text) = piece else {
                found[found.count - 1].append(piece)
                continue
            }
            let parts = text.utf8.split(separator: separator, omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() {
                if index > 0 { found.append([]) }
                if !part.isEmpty { found[found.count - 1].append(.text(ShellText(Array(part)))) }
            }
        }
        return found.map { AbstractText($0) }
    }

    /// `${x#pattern}`, `${x%pattern}`.
    func removing(
        _ pattern: AbstractText,
        _ side: ParameterOperation.Side,
        _ isLongest: Bool
    ) -> AbstractText {
        guard let literal else { return removingLiteral(pattern, side) }
        guard let pattern = ShellPattern(pattern) else { return .notComputed }
        let bytes = Array(literal.utf8)
        switch side {
        case .prefix:
            let ends = pattern.ends(in: bytes, from: 0)
            guard let end = isLongest ? ends.last : ends.first else { return self }
            return AbstractText(ShellText(bytes[end...]))
        case .suffix:
            let starts = pattern.starts(in: bytes)
            guard let start = isLongest ? starts.first : starts.last else { return self }
            return AbstractText(ShellText(bytes[..<start]))
        }
    }

    /// The same where only the end that counts is known.
    private func removingLiteral(
        _ pattern: AbstractText,
        _ side: ParameterOperation.Side
    ) -> AbstractText {
        guard let removed = pattern.literal else { return .notComputed }
        switch (side, side == .prefix ? pieces.first : pieces.last) {
        case (.prefix, .text(let text)) where text.utf8.starts(with: removed.utf8):
            let rest = ShellText(Array(text.utf8.dropFirst(removed.utf8.count)))
            return AbstractText([.text(rest)] + pieces.dropFirst())
        case (.suffix, .text(let text))
        where text.utf8.reversed().starts(with: removed.utf8.reversed()):
            let rest = ShellText(Array(text.utf8.dropLast(removed.utf8.count)))
            return AbstractText(pieces.dropLast() + [.text(rest)])
        default: return .notComputed
        }
    }

    /// `${x/pattern/text}`.
    func replacing(
        _ occurrence: ParameterOperation.Occurrence,
        _ pattern: AbstractText,
        with replacement: Replacement
    ) -> AbstractText {
        guard let literal, let matcher = ShellPattern(pattern), pattern.literal != "",
            !replacement.ignoresCase
        else { return .notComputed }
        let bytes = Array(literal.utf8)
        switch occurrence {
        case .prefix:
            guard let end = matcher.ends(in: bytes, from: 0).last else { return self }
            guard let text = replacement.text(for: bytes[..<end]) else { return .notComputed }
            return text + AbstractText(ShellText(bytes[end...]))
        case .suffix:
            guard let start = matcher.starts(in: bytes).first else { return self }
            guard let text = replacement.text(for: bytes[start...]) else { return .notComputed }
            return AbstractText(ShellText(bytes[..<start])) + text
        case .first, .every:
            var result = AbstractText.empty
            // Known text is put together before it is appended, which copies all of it.
            var known: [UInt8] = []
            var start = 0
            var index = 0
            while index < bytes.count {
                guard let end = matcher.ends(in: bytes, from: index).last, end > index else {
                    index += 1
                    continue
                }
                guard let text = replacement.text(for: bytes[index..<end]) else {
                    return .notComputed
                }
                known += bytes[start..<index]
                if let literal = text.literal {
                    known += literal.utf8
                } else {
                    result.append(.text(ShellText(known)))
                    known = []
                    result.append(text)
                }
                start = end
                index = end
                if occurrence == .first { break }
            }
            result.append(.text(ShellText(known + bytes[start...])))
            return result
        }
    }

    /// `${x^pattern}` and its kind.
    func changingCase(
        _ change: ParameterOperation.CaseChange,
        _ isGlobal: Bool,
        _ pattern: AbstractText?
    ) -> AbstractText {
        guard let literal else {
            // Case does not change what a text of this shape may hold.
            if pieces.count == 1, case .unknown(let unknown) = pieces[0], unknown.shape != .text {
                return self
            }
            return .notComputed
        }
        let matcher: ShellPattern?
        if let pattern {
            guard let read = ShellPattern(pattern) else { return .notComputed }
            matcher = read
        } else {
            matcher = nil
        }
        var changed = ""
        for (index, character) in literal.description.unicodeScalars.enumerated() {
            let text = String(Character(character))
            let matches = matcher?.matches(Array(text.utf8)) ?? true
            guard matches, isGlobal || index == 0 else {
                changed += text
                continue
            }
            switch change {
            case .upper: changed += text.uppercased()
            case .lower: changed += text.lowercased()
            case .toggle:
                changed += text == text.uppercased() ? text.lowercased() : text.uppercased()
            }
        }
        return AbstractText(ShellText(changed))
    }

    /// `${x:offset:length}`.
    func substring(_ offset: AbstractText, _ length: AbstractText?) -> AbstractText {
        guard let literal, let from = offset.number else { return .notComputed }
        let characters = Array(literal.description.unicodeScalars)
        let start = from < 0 ? characters.count + from : from
        guard start >= 0, start <= characters.count else { return .empty }
        var end = characters.count
        if let length {
            guard let count = length.number else { return .notComputed }
            end =
                count < 0
                ? characters.count + count
                : min(characters.count, start + min(count, characters.count))
        }
        guard start <= end else { return .empty }
        var text = ""
        for character in characters[start..<end] { text.unicodeScalars.append(character) }
        return AbstractText(ShellText(text))
    }
}
