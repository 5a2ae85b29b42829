import ShellSyntax

/// `printf`: its format, and the escapes that it, `echo -e` and `tr` share.
enum Printf {
    /// What is printed; nil where the format has more than texts and whole numbers in it.
    static func format(_ arguments: [Argument]) -> AbstractText? {
        var rest = arguments[...]
        if rest.first?.literal == "--" { rest.removeFirst() }
        guard let format = rest.popFirst()?.literal, format != "-v",
            let values = Array(rest).texts, let items = items(of: format)
        else { return nil }
        let takesValues = items.contains { if case .value = $0 { true } else { false } }
        var output = AbstractText.empty
        var remaining = values[...]
        repeat {
            for item in items {
                switch item {
                case .text(let text): output.append(.text(text))
                case .value(let conversion):
                    let value = remaining.popFirst() ?? .empty
                    guard let text = convert(value, conversion) else { return nil }
                    output.append(text)
                }
            }
        } while takesValues && !remaining.isEmpty
        return output
    }

    private enum Item {
        case text(ShellText)
        case value(UInt8)
    }

    private static func items(of format: ShellText) -> [Item]? {
        var items: [Item] = []
        var plain: [UInt8] = []
        var rest = Array(format.utf8)[...]
        func flush() -> Bool {
            guard let text = decode(ShellText(plain), allowsNull: true) else { return false }
            if !text.isEmpty { items.append(.text(text)) }
            plain = []
            return true
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                plain.append(byte)
                continue
            }
            guard let conversion = rest.popFirst() else { return nil }
            if conversion == UInt8(ascii: "%") {
                plain.append(conversion)
                continue
            }
            guard "sbdic".utf8.contains(conversion), flush() else { return nil }
            items.append(.value(conversion))
        }
        return flush() ? items : nil
    }

    private static func convert(_ value: AbstractText, _ conversion: UInt8) -> AbstractText? {
        switch conversion {
        case UInt8(ascii: "s"): return value
        case UInt8(ascii: "b"): return value.literal.flatMap { decode($0) }.map { AbstractText($0) }
        case UInt8(ascii: "c"):
            guard let first = value.literal?.description.unicodeScalars.first else { return nil }
            return AbstractText(ShellText(String(Character(first))))
        default:
            if value.pieces.isEmpty { return "0" }
            if let number = value.number { return AbstractText(ShellText(String(number))) }
            return AbstractText(UnknownText(.integer, from: .notComputed))
        }
    }

    /// Decodes `\n`, `\x41`, `\101`, `\0101`; nil for `\c`, which ends the output, and for bytes that
    /// are no text.
    static func decode(_ text: ShellText, allowsNull: Bool = false) -> ShellText? {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escape {
            case UInt8(ascii: "0"):
                bytes.append(UInt8(truncatingIfNeeded: number(&rest, base: 8, digits: 3, 0)))
            case UInt8(ascii: "1")...UInt8(ascii: "7"):
                let first = Int(escape - UInt8(ascii: "0"))
                bytes.append(UInt8(truncatingIfNeeded: number(&rest, base: 8, digits: 2, first)))
            case UInt8(ascii: "c"): return nil
            default:
                guard let decoded = ANSICQuoting.decode(escaped(escape, &rest)) else { return nil }
                bytes += decoded.utf8
            }
        }
        guard allowsNull || !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self).map { ShellText($0) }
    }

    private static func number(
        _ rest: inout ArraySlice<UInt8>,
        base: Int,
        digits: Int,
        _ start: Int
    ) -> Int {
        var value = start
        var count = 0
        while count < digits, let digit = rest.first?.digit(base: base) {
            value = value * base + digit
            rest.removeFirst()
            count += 1
        }
        return value
    }

    /// One escape as it is written, with the digits that belong to it.
    private static func escaped(_ escape: UInt8, _ rest: inout ArraySlice<UInt8>) -> ShellText {
        var text: [UInt8] = [UInt8(ascii: "\\"), escape]
        let digits: Int
        switch escape {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: digits = 0
        }
        while text.count < digits + 2, let next = rest.first, next.digit(base: 16) != nil {
            text.append(next)
            rest.removeFirst()
        }
        return ShellText(text)
    }
}
