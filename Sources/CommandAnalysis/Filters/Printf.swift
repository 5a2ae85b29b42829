import ShellSyntax

/// `printf`.
enum Printf {
    /// What is printed; nil where the format has more than texts and whole numbers in it.
    static func format(_ arguments: [Argument], _ dialect: Dialect) -> AbstractText? {
        var rest = arguments[...]
        if rest.first?.literal == "--" {
            rest.removeFirst()
        } else if rest.first?.literal?.utf8.first == UInt8(ascii: "-") {
            return nil
        }
        guard let format = rest.popFirst()?.literal, let values = Array(rest).texts,
            let items = items(of: format, dialect)
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
                    guard let text = convert(value, conversion, dialect) else { return nil }
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

    private static func items(of format: ShellText, _ dialect: Dialect) -> [Item]? {
        var items: [Item] = []
        var plain: [UInt8] = []
        var rest = Array(format.utf8)[...]
        func flush() -> Bool {
            guard let text = Escapes.decode(ShellText(plain), in: .format, dialect) else {
                return false
            }
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

    private static func convert(
        _ value: AbstractText,
        _ conversion: UInt8,
        _ dialect: Dialect
    ) -> AbstractText? {
        switch conversion {
        case UInt8(ascii: "s"): return value
        case UInt8(ascii: "b"):
            return value.literal.flatMap { Escapes.decode($0, in: .argument, dialect) }
                .map { AbstractText($0) }
        case UInt8(ascii: "c"):
            guard let first = value.literal?.utf8.first, first < 0x80 else { return nil }
            return AbstractText(ShellText([first]))
        default:
            if value.pieces.isEmpty { return "0" }
            if value.isDecimal, let number = value.number {
                return AbstractText(ShellText(String(number)))
            }
            return AbstractText(UnknownText(.integer, from: .notComputed))
        }
    }
}
