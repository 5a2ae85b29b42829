/// What `$'…'` stands for (bash manual, *ANSI-C Quoting*).
enum ANSICString {
    private static let letters: [UInt8: UInt8] = [
        0x61: 0x07, 0x62: 0x08, 0x65: 0x1B, 0x45: 0x1B, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
        0x74: 0x09, 0x76: 0x0B, 0x5C: 0x5C, 0x27: 0x27, 0x22: 0x22, 0x3F: 0x3F,
    ]

    static func decoded(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == 0x5C, let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escape {
            case 0x30...0x37:
                bytes.append(UInt8(truncatingIfNeeded: number(&rest, radix: 8, 2, from: escape)))
            case 0x78 where rest.first.map(isHexDigit) == true:
                bytes.append(UInt8(truncatingIfNeeded: number(&rest, radix: 16, 2)))
            case 0x75: bytes += scalar(number(&rest, radix: 16, 4))
            case 0x55: bytes += scalar(number(&rest, radix: 16, 8))
            case 0x63 where !rest.isEmpty: bytes.append((rest.popFirst() ?? 0) & 0x1F)
            default:
                if let letter = letters[escape] {
                    bytes.append(letter)
                } else {
                    bytes += [byte, escape]
                }
            }
        }
        return bytes
    }

    private static func number(
        _ rest: inout ArraySlice<UInt8>,
        radix: Int,
        _ most: Int,
        from first: UInt8? = nil
    ) -> Int {
        var value = first.map { Int($0) - 0x30 } ?? 0
        for _ in 0..<most {
            guard let byte = rest.first,
                let digit = Int(String(UnicodeScalar(byte)), radix: radix)
            else { break }
            value = value * radix + digit
            rest.removeFirst()
        }
        return value
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Int(String(UnicodeScalar(byte)), radix: 16) != nil
    }

    private static func scalar(_ value: Int) -> [UInt8] {
        UnicodeScalar(UInt32(value)).map { Array(String($0).utf8) } ?? []
    }
}
