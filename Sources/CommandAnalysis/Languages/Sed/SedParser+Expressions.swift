// Addresses, and the commands with delimiters: `s` and `y`.

extension SedParser {
    /// Takes the addresses of a command, if there are any.
    mutating func addresses() -> Bool {
        guard let hasFirst = address() else { return false }
        if hasFirst {
            cursor.skip { $0.isGap }
            if cursor.take(UInt8(ascii: ",")) {
                cursor.skip { $0.isGap }
                if cursor.byte == UInt8(ascii: "+") || cursor.byte == UInt8(ascii: "~") {
                    cursor.advance()
                    if number().isEmpty { return false }
                } else if address() != true {
                    return false
                }
            }
        }
        cursor.skip { $0.isGap }
        if cursor.take(UInt8(ascii: "!")) {
            cursor.skip { $0.isGap || $0 == UInt8(ascii: "!") }
        }
        return !cursor.isAtEnd
    }

    private mutating func number() -> Range<Int> {
        cursor.span { $0.isDecimal || $0 == CodeText.unknownDigits }
    }

    /// Takes one address: a number, a step, the last line, or an expression; nil where it is broken.
    private mutating func address() -> Bool? {
        switch cursor.byte {
        case UInt8(ascii: "$"):
            cursor.advance()
            return true
        case UInt8(ascii: "/"), UInt8(ascii: "\\"):
            if cursor.take(UInt8(ascii: "\\")), cursor.isAtEnd { return nil }
            let delimiter = cursor.next()
            guard isDelimiter(delimiter), expression(until: delimiter) != nil else { return nil }
            cursor.skip { $0 == UInt8(ascii: "I") || $0 == UInt8(ascii: "M") }
            return true
        default:
            if number().isEmpty { return false }
            if cursor.take(UInt8(ascii: "~")), number().isEmpty { return nil }
            return true
        }
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        byte != 0x0A && byte != UInt8(ascii: "\\") && byte != 0 && byte < 0x80
    }

    /// Takes a regular expression and its delimiter; nil where it does not end.
    private mutating func expression(until delimiter: UInt8) -> Range<Int>? {
        let start = cursor.position
        while !cursor.isAtEnd {
            let byte = cursor.next()
            if byte == delimiter { return start..<cursor.position - 1 }
            switch byte {
            case 0x0A: return nil
            case UInt8(ascii: "\\"): cursor.advance()
            case UInt8(ascii: "["):
                if !brackets(delimiter) { return nil }
            default: if CodeText.unknown(byte, mayHold: delimiter) { return nil }
            }
        }
        return nil
    }

    /// Takes what stands in brackets, and the closing one; false where it does not end.
    private mutating func brackets(_ delimiter: UInt8) -> Bool {
        if cursor.byte == UInt8(ascii: "^") { cursor.advance() }
        if cursor.byte == UInt8(ascii: "]") { cursor.advance() }
        while !cursor.isAtEnd {
            let byte = cursor.next()
            switch byte {
            case UInt8(ascii: "]"): return true
            case 0x0A: return false
            case UInt8(ascii: "\\"):
                if cursor.byte == delimiter || cursor.byte == UInt8(ascii: "\\") {
                    cursor.advance()
                }
            case UInt8(ascii: "["):
                let kind = cursor.byte
                if kind.isUnknown { return false }
                if ":.=".utf8.contains(kind), !characterClass(kind) { return false }
            default:
                if CodeText.unknown(byte, mayHold: delimiter) { return false }
            }
        }
        return false
    }

    /// Takes `:alpha:]`; false where it does not end.
    private mutating func characterClass(_ kind: UInt8) -> Bool {
        cursor.advance()
        while !cursor.isAtEnd, cursor.byte != 0x0A {
            if cursor.next() == kind, cursor.take(UInt8(ascii: "]")) { return true }
        }
        return false
    }

    /// Takes a replacement or a list of characters, and its delimiter.
    private mutating func replacement(until delimiter: UInt8) -> Range<Int>? {
        let start = cursor.position
        while !cursor.isAtEnd {
            let byte = cursor.next()
            if byte == delimiter { return start..<cursor.position - 1 }
            if byte == 0x0A || CodeText.unknown(byte, mayHold: delimiter) { return nil }
            if byte == UInt8(ascii: "\\") { cursor.advance() }
        }
        return nil
    }

    mutating func transliterate() {
        let delimiter = cursor.next()
        guard isDelimiter(delimiter), replacement(until: delimiter) != nil,
            replacement(until: delimiter) != nil
        else { return fail() }
        end()
    }

    mutating func substitute(from start: Int) {
        let delimiter = cursor.next()
        guard isDelimiter(delimiter), let pattern = expression(until: delimiter),
            let replacement = replacement(until: delimiter)
        else { return fail() }
        var isRun = false
        flags: while !cursor.isAtEnd {
            switch cursor.byte {
            case UInt8(ascii: "g"), UInt8(ascii: "p"), UInt8(ascii: "i"), UInt8(ascii: "I"),
                UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                CodeText.unknownDigits:
                cursor.advance()
            case UInt8(ascii: "e"):
                cursor.advance()
                isRun = true
            case UInt8(ascii: "w"):
                cursor.advance()
                file(from: start, isWritten: true)
                break flags
            default:
                end()
                break flags
            }
        }
        guard isRun else { return }
        let command = wholeLine(pattern, replacement) ?? .input
        builder.add(.shell(command), at: start..<cursor.position)
    }

    /// What a line becomes, where the expression is the whole line and the replacement is literal.
    private func wholeLine(_ pattern: Range<Int>, _ replacement: Range<Int>) -> AbstractText? {
        let whole: [[UInt8]] = [Array(".*".utf8), Array("^.*$".utf8), Array("^.*".utf8)]
        guard whole.contains(Array(code.bytes[pattern])) else { return nil }
        let special = [UInt8(ascii: "&"), UInt8(ascii: "\\")]
        if code.bytes[replacement].contains(where: special.contains) { return nil }
        return code.text(replacement)
    }
}
