// `${…}` (POSIX XCU 2.6.2; bash manual, *Shell Parameter Expansion*).
//
// bash looks for the closing brace while it reads, and reads what stands between the braces only
// when it expands. So what cannot be read here is a deferred error up to that brace.

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
        guard try takeSubscript(&subscripting) else { return nil }
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
        guard try takeSubscript(&subscripting) else { return nil }
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

    /// - Returns: False where a subscript begins that is none.
    private mutating func takeSubscript(_ subscripting: inout Subscript?) throws(Stop) -> Bool {
        guard features.contains(.arrays), text[skippingContinuations(position)] == 0x5B else {
            return true
        }
        subscripting = try parseSubscript(inBraces: true)
        return subscripting != nil
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
}
