// What stands behind the name in `${name…}` (POSIX XCU 2.6.2; bash manual, *Shell Parameter
// Expansion*).

extension Parser {
    @inline(never)
    mutating func parseOperation(_ inDoubleQuotes: Bool) throws(Stop) -> ParameterOperation? {
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
