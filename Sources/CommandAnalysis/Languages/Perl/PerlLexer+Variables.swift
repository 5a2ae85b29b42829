import ShellSyntax

extension PerlLexer {
    /// Takes `$x`, `$x::y`, `${x}`, `$#x`, `$1`, `$&`, or the `$` before a block or a reference.
    mutating func scalar() {
        let start = cursor.position
        cursor.advance()
        if cursor.byte == UInt8(ascii: "#") {
            let next = cursor.peek(1)
            if next == UInt8(ascii: "{") || next == UInt8(ascii: "$") || next.isIdentifierStart {
                cursor.advance()
            }
        }
        variable(from: start, hasSpecial: true)
    }

    /// Takes a variable behind its sigil.
    private mutating func variable(from start: Int, hasSpecial: Bool) {
        while cursor.byte == UInt8(ascii: "$"), isBeforeName { cursor.advance() }
        let byte = cursor.byte
        if byte.isIdentifierStart || cursor.starts("::".utf8) {
            qualifiedName()
            if cursor.byte == UInt8(ascii: "'"), cursor.peek(1).isIdentifierStart {
                hasFailed = true
            }
        } else if byte.isDecimal {
            cursor.skip { $0.isDecimal }
        } else if byte == UInt8(ascii: "{") {
            if !braced() { return add(.symbol, "$", from: start) }
        } else if byte == UInt8(ascii: "^"), cursor.peek(1).isIdentifierStart {
            cursor.advance(2)
        } else if hasSpecial, byte > 0x20, byte < 0x7F {
            cursor.advance()
            // An old way to write `$::x`.
            if byte == UInt8(ascii: "'"), cursor.byte.isIdentifierStart { hasFailed = true }
        } else {
            hasFailed = true
        }
        if cursor.byte.isUnknown { hasFailed = true }
        add(.variable, from: start)
    }

    private var isBeforeName: Bool {
        let next = cursor.peek(1)
        return next.isIdentifierStart || next == UInt8(ascii: "{") || next == UInt8(ascii: "$")
            || next == UInt8(ascii: ":")
    }

    mutating func qualifiedName() {
        while true {
            cursor.skip { $0.isIdentifier }
            guard cursor.starts("::".utf8) else { return }
            cursor.advance(2)
        }
    }

    /// Takes `{name}`; a block is left to be read as code.
    mutating func braced() -> Bool {
        var ahead = 1
        while cursor.peek(ahead).isGap, ahead < TokenList.maximumFold { ahead += 1 }
        if cursor.peek(ahead) == UInt8(ascii: "^") { ahead += 1 }
        let first = ahead
        while cursor.peek(ahead).isIdentifier, ahead < TokenList.maximumFold { ahead += 1 }
        if ahead == first { return false }
        while cursor.peek(ahead).isGap, ahead < TokenList.maximumFold { ahead += 1 }
        guard cursor.peek(ahead) == UInt8(ascii: "}") else { return false }
        cursor.advance(ahead + 1)
        return true
    }

    /// Takes an array, a hash, a call with `&` or a glob with `*`, or the operator of that name.
    mutating func sigil(_ byte: UInt8) {
        let start = cursor.position
        if byte != UInt8(ascii: "@") {
            switch expectation {
            case .infix: return addSymbol()
            case .unclear:
                hasFailed = true
                return
            case .operand: break
            }
        }
        cursor.advance()
        let next = cursor.byte
        let isName = next.isIdentifierStart || next == UInt8(ascii: ":")
        if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
            // A function by its name, or everything of a name.
            return add(.symbol, byte == UInt8(ascii: "&") ? "&name" : "*name", from: start)
        }
        if isName || next == UInt8(ascii: "$") || next == UInt8(ascii: "{") {
            return variable(from: start, hasSpecial: false)
        }
        if next == UInt8(ascii: "_") || next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
            cursor.advance()
            return add(.variable, from: start)
        }
        hasFailed = true
    }
}
