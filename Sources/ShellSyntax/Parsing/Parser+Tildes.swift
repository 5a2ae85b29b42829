// Tildes (POSIX XCU 2.6.1).

extension Parser {
    mutating func parseTilde(
        _ context: WordContext,
        _ start: Int,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) {
        let isInAssignment: Bool =
            switch context {
            case .assignmentValue: true
            case .argument, .declaredArgument:
                features.contains(.tildeInArguments) && !options.isPOSIX
                    && looksLikeAssignment(start)
            case .arrayElement, .pattern, .functionName, .hereDocumentDelimiter, .conditional,
                .conditionalPattern:
                false
            }
        let before =
            position > literal.textStart ? text[position - 1] : literal.carried.last ?? 0
        let tildeStart = position
        guard isInAssignment, before == 0x3A || (before == 0x3D && context != .assignmentValue),
            let tilde = takeTilde(endsAtColon: true)
        else {
            position += 1
            return
        }
        flush(&literal, upTo: tildeStart, &parts)
        parts.append(tilde)
        literal = PendingLiteral(at: position)
    }

    /// `~` and the name behind it, where nothing of it is quoted.
    mutating func takeTilde(endsAtColon: Bool, endsAtBrace: Bool = false) -> WordPart? {
        guard text[position] == 0x7E else { return nil }
        var end = following(position)
        var name: [UInt8] = []
        while text[end].isTildeName {
            name.append(text[end])
            end = following(end)
        }
        let isEnded =
            text[end].endsWord || text[end] == 0x2F || (endsAtColon && text[end] == 0x3A)
            || (endsAtBrace && text[end] == 0x7D)
        guard isEnded else { return nil }
        let start = position
        position = end
        return .tilde(Literal(text: ShellText(name), range: range(start, end)))
    }
}

extension UInt8 {
    fileprivate var isTildeName: Bool {
        isName || self == 0x2B || self == 0x2D || self == 0x2E || self >= 0x80
    }
}
