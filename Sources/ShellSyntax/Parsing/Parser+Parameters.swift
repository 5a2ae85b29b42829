// `${…}` (POSIX XCU 2.6.2; bash manual, *Shell Parameter Expansion*).
//
// bash looks for the closing brace while it reads, and reads what stands between the braces only when
// it expands. So what cannot be read here is a deferred error up to that brace.

extension Parser {
    /// Reads `${…}` whose brace stands before an offset.
    mutating func parseBracedParameter(
        _ start: Int,
        _ inner: Int,
        _ inDoubleQuotes: Bool
    ) throws(Stop) -> WordPart {
        try enter()
        defer { leave() }
        try countNode()
        position = skippingContinuations(inner)
        let depth = openConstructs.count
        openConstructs.append(
            OpenConstruct(kind: .parameterExpansion, range: range(start, inner))
        )
        if let expansion = try parseParameter(start, inDoubleQuotes) {
            openConstructs.removeLast(openConstructs.count - depth)
            return .parameter(expansion)
        }
        let found = slice(position, min(position + 1, count))
        let failed = range(position, min(position + 1, count))
        if features.contains(.eagerSubstitutions) {
            try skipToBraceBehindBadCharacter(from: inner, inDoubleQuotes)
        } else {
            position = inner
            try skipToBrace(inDoubleQuotes)
        }
        openConstructs.removeLast(openConstructs.count - depth)
        return .deferredError(
            DeferredError(
                construct: .parameterExpansion,
                text: slice(start, position),
                error: SyntaxError(
                    kind: .unexpected(found: found, expected: "a parameter expansion"),
                    range: failed
                ),
                range: range(from: start)
            )
        )
    }

    /// - Returns: Nil where this is no expansion; then the parser stands at what is wrong.
    private mutating func parseParameter(_ start: Int, _ inDoubleQuotes: Bool) throws(Stop)
        -> ParameterExpansion?
    {
        let inner = skippingContinuations(position)
        position = inner
        if text[inner] == 0x23, let expansion = try parseLength(start) { return expansion }
        position = inner
        var isIndirect = false
        if isIndirection(inner) {
            isIndirect = true
            position = following(inner)
        }
        guard let parameter = takeParameter(at: skippingContinuations(position), isBraced: true)
        else {
            return nil
        }
        var subscripting: Subscript?
        if isAtSubscript {
            subscripting = try parseSubscript(inBraces: true)
            if subscripting == nil { return nil }
        }
        position = skippingContinuations(position)
        if isIndirect, let names = takeNames(parameter, subscripting, start) { return names }
        let operation: ParameterOperation?
        if text[position] == 0x7D {
            operation = nil
        } else {
            operation = try parseOperation(inDoubleQuotes)
            guard operation != nil else { return nil }
        }
        position = skippingContinuations(position)
        guard text[position] == 0x7D else {
            if position >= count { throw atEnd("`}`") }
            return nil
        }
        position += 1
        return ParameterExpansion(
            parameter: parameter,
            isIndirect: isIndirect,
            subscripting: subscripting,
            operation: operation,
            isBraced: true,
            range: range(from: start)
        )
    }

    /// `${#name}`; `${#}` and `${#-word}` are about the parameter `#`.
    private mutating func parseLength(_ start: Int) throws(Stop) -> ParameterExpansion? {
        guard let parameter = takeParameter(at: following(position), isBraced: true) else {
            return nil
        }
        var subscripting: Subscript?
        if isAtSubscript {
            subscripting = try parseSubscript(inBraces: true)
            if subscripting == nil { return nil }
        }
        position = skippingContinuations(position)
        guard text[position] == 0x7D else { return nil }
        position += 1
        return ParameterExpansion(
            parameter: parameter,
            isIndirect: false,
            subscripting: subscripting,
            operation: .length,
            isBraced: true,
            range: range(from: start)
        )
    }

    private func isIndirection(_ offset: Int) -> Bool {
        guard text[offset] == 0x21, features.contains(.bashParameterOperators) else { return false }
        let next = text[following(offset)]
        return next.isNameStart || next.isDigit || next == 0x40 || next == 0x2A
            || (!options.isPOSIX && (next == 0x23 || next == 0x3F))
    }

    private var isAtSubscript: Bool {
        features.contains(.arrays) && text[skippingContinuations(position)] == 0x5B
    }

    /// `${!prefix*}`, `${!prefix@}`, `${!name[@]}`.
    private mutating func takeNames(
        _ parameter: Parameter,
        _ subscripting: Subscript?,
        _ start: Int
    ) -> ParameterExpansion? {
        guard case .variable = parameter else { return nil }
        let operation: ParameterOperation
        if let subscripting {
            guard subscripting.selection != .one, text[position] == 0x7D else { return nil }
            operation = .keys
        } else {
            guard text[position] == 0x2A || text[position] == 0x40,
                text[following(position)] == 0x7D
            else { return nil }
            operation = .names(text[position] == 0x40 ? .each : .all)
            position = following(position)
        }
        position += 1
        return ParameterExpansion(
            parameter: parameter,
            isIndirect: true,
            subscripting: subscripting,
            operation: operation,
            isBraced: true,
            range: range(from: start)
        )
    }

    // MARK: operations

    private mutating func parseOperation(_ inDoubleQuotes: Bool) throws(Stop) -> ParameterOperation?
    {
        let offset = skippingContinuations(position)
        let byte = text[offset]
        switch byte {
        case 0x3A:
            let next = following(offset)
            if let condition = condition(text[next]) {
                position = next + 1
                return .conditional(
                    condition,
                    treatsEmptyAsUnset: true,
                    try parseOperand(.brace, inDoubleQuotes)
                )
            }
            guard features.contains(.bashParameterOperators) else { return nil }
            position = offset + 1
            return try parseSubstring()
        case 0x2D, 0x3D, 0x3F, 0x2B:
            guard let condition = condition(byte) else { return nil }
            position = offset + 1
            return .conditional(
                condition,
                treatsEmptyAsUnset: false,
                try parseOperand(.brace, inDoubleQuotes)
            )
        case 0x23, 0x25:
            let isLongest = text[following(offset)] == byte
            position = isLongest ? following(offset) + 1 : offset + 1
            return .removal(
                byte == 0x23 ? .prefix : .suffix,
                isLongest: isLongest,
                try parseOperand(.brace, false)
            )
        case 0x2F, 0x5E, 0x2C, 0x7E, 0x40:
            guard features.contains(.bashParameterOperators) else { return nil }
            position = offset
            return try parseBashOperation(byte)
        default:
            position = offset
            return nil
        }
    }

    private func condition(_ byte: UInt8) -> ParameterOperation.Condition? {
        switch byte {
        case 0x2D: .useDefault
        case 0x3D: .assignDefault
        case 0x3F: .fail
        case 0x2B: .useAlternative
        default: nil
        }
    }

    private mutating func parseBashOperation(_ byte: UInt8) throws(Stop) -> ParameterOperation? {
        switch byte {
        case 0x2F: return try parseReplacement()
        case 0x40:
            let next = following(position)
            switch text[next] {
            case 0x55, 0x75, 0x4C, 0x51, 0x45, 0x50, 0x41, 0x4B, 0x61, 0x6B:  // U u L Q E P A K a k
                position = next + 1
                return .transformation(slice(next, next + 1))
            default:
                position = next
                return nil
            }
        default:
            let isGlobal = text[following(position)] == byte
            position = isGlobal ? following(position) + 1 : position + 1
            let pattern = try parseOperand(.brace, false)
            let change: ParameterOperation.CaseChange =
                byte == 0x5E ? .upper : byte == 0x2C ? .lower : .toggle
            return .caseChange(change, isGlobal: isGlobal, pattern.parts.isEmpty ? nil : pattern)
        }
    }

    private mutating func parseReplacement() throws(Stop) -> ParameterOperation {
        position = following(position)
        var occurrence = ParameterOperation.Occurrence.first
        switch text[position] {
        case 0x2F: occurrence = .every
        case 0x23: occurrence = .prefix
        case 0x25: occurrence = .suffix
        default: break
        }
        if occurrence != .first { position += 1 }
        let pattern = try parseOperand(.slash, false)
        guard text[position] == 0x2F else {
            return .replacement(occurrence, pattern: pattern, with: nil)
        }
        position += 1
        let replacement = try parseOperand(.brace, false)
        return .replacement(occurrence, pattern: pattern, with: replacement)
    }

    private mutating func parseSubstring() throws(Stop) -> ParameterOperation {
        let offset = try parseSubstringPart()
        guard text[position] == 0x3A else { return .substring(offset: offset, length: nil) }
        position += 1
        return .substring(offset: offset, length: try parseSubstringPart())
    }

    private mutating func parseSubstringPart() throws(Stop) -> Arithmetic {
        let start = position
        let parts = try parseQuotedParts(.substring)
        return try makeArithmetic(parts, range(from: start))
    }
}
