internal import ShellSyntax

// Quotes and tildes that not every bash reads alike.

extension Interpreter {
    /// What `$'…'` may stand for: before bash 4.2, `\u41` is these four characters.
    func decodings(
        of quoted: ShellText,
        _ state: ShellState,
        _ frame: Frame
    ) -> [AbstractText] {
        func decoded(_ knowsUnicode: Bool) -> AbstractText {
            ANSICQuoting.decode(quoted, knowsUnicode: knowsUnicode).map { AbstractText($0) }
                ?? .notComputed
        }
        let newer = decoded(true)
        guard quoted.hasUnicodeEscape else { return [newer] }
        return readings(
            of: .unicodeEscapes,
            state,
            frame,
            newer: [newer],
            older: [decoded(false)]
        )
    }

    /// Notes `"${a-'…'}"` in POSIX mode, whose end is another one before bash 4.2.
    mutating func noteQuotes(
        in operand: Word,
        _ state: ShellState,
        _ frame: Frame,
        isQuoted: Bool
    ) {
        guard isQuoted, state.options.isPOSIX else { return }
        let hasQuote = operand.parts.contains { part in
            guard case .literal(let literal) = part else { return false }
            return literal.text.utf8.contains(UInt8(ascii: "'"))
        }
        guard hasQuote, reading(of: .posixQuotesInOperand, state, frame).mayBeOlder else { return }
        emit(.commandDynamic, frame, at: frame.origin.range(of: operand.range))
    }

    /// Whether `echo -e` or `printf` prints `\u41` as it is before bash 4.2.
    func printsOtherwise(
        _ program: ShellText,
        _ arguments: [Argument],
        _ state: ShellState,
        _ frame: Frame
    ) -> Bool {
        switch program {
        case "printf": break
        case "echo" where arguments.first?.literal?.utf8.first == UInt8(ascii: "-"): break
        default: return false
        }
        guard arguments.contains(where: { $0.literal?.hasUnicodeEscape == true }) else {
            return false
        }
        return reading(of: .unicodeEscapes, state, frame).mayBeOlder
    }

    /// `make a=b:~` in POSIX mode: before bash 5.1 the tilde is the home.
    func tildeReadings(
        of word: Word,
        _ state: ShellState,
        _ frame: Frame
    ) -> [[Argument]] {
        let text = AbstractText.replacingPlaceholders(in: word.literal ?? "")
        return readings(
            of: .posixTildeBehindColon,
            state,
            frame,
            newer: [[.one(text)]],
            older: [[.one(.notComputed)]]
        )
    }
}

extension ShellText {
    /// Whether `$'…'` of it, `echo -e` or `printf` may hold `\u` or `\U`.
    var hasUnicodeEscape: Bool {
        var isBehindBackslash = false
        for byte in utf8 {
            if isBehindBackslash, byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
                return true
            }
            isBehindBackslash = !isBehindBackslash && byte == UInt8(ascii: "\\")
        }
        return false
    }

    /// Whether it is like `name=…:~`.
    var hasTildeBehindColon: Bool {
        guard let equals = utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return zip(utf8[equals...], utf8[equals...].dropFirst()).contains {
            $0 == UInt8(ascii: ":") && $1 == UInt8(ascii: "~")
        }
    }
}
