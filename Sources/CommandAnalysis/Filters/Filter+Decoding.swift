import ShellSyntax

// Filters that decode: base64, base32, hexadecimal.

extension Filter {
    func decoded(_ program: ShellText) -> AbstractText? {
        let words = arguments.map(\.literal)
        let options = words.filter { $0?.utf8.first == UInt8(ascii: "-") && $0 != "-" }
        let files = arguments.filter {
            $0.literal.map { $0.utf8.first != UInt8(ascii: "-") || $0 == "-" } ?? true
        }
        guard let text = source(files[...])?.literal else { return nil }
        let bytes: [UInt8]?
        switch program {
        case "base64" where options.allSatisfy({ $0 == "-w0" || $0 == "--wrap=0" }):
            let encoded = Self.encode(Array(text.utf8), width: options.isEmpty ? 76 : nil)
            return AbstractText(ShellText(encoded))
        case "base64", "base32":
            guard options.allSatisfy({ Self.decoding.contains($0 ?? "") }), !options.isEmpty else {
                return nil
            }
            bytes =
                program == "base64"
                ? Self.decode(text, bits: 6, Self.base64) : Self.decode(text, bits: 5, Self.base32)
        case "xxd":
            let set = Set(options.compactMap(\.self).flatMap { $0.utf8.dropFirst() })
            guard
                set.isSubset(of: [
                    UInt8(ascii: "r"), UInt8(ascii: "p"), UInt8(ascii: "l"), UInt8(ascii: "a"),
                    UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "s"),
                ]),
                set.contains(UInt8(ascii: "r")), set.contains(UInt8(ascii: "p"))
            else { return nil }
            bytes = Self.hexadecimal(text)
        default: return nil
        }
        guard let bytes, !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self).map { AbstractText(ShellText($0)) }
    }

    /// What `openssl base64 -d -A` and `openssl enc -base64 -d` print.
    var decodedByOpenSSL: AbstractText? {
        let words = arguments.map(\.literal)
        let isEncoding = words.first == "base64" || words.first == "enc"
        let options = Set(words.dropFirst())
        guard isEncoding, options.contains("-d"),
            options.isSubset(of: ["-d", "-A", "-base64", "-a"]),
            words.first == "base64" || options.contains("-base64") || options.contains("-a"),
            let text = input.literal, let bytes = Self.decode(text, bits: 6, Self.base64),
            !bytes.contains(0)
        else { return nil }
        return String(validating: bytes, as: UTF8.self).map { AbstractText(ShellText($0)) }
    }

    private static let decoding: Set<ShellText> = [
        "-d", "--decode", "-D", "-di", "-id", "-i", "--ignore-garbage", "--dec", "--deco",
        "--decod",
        "--de", "--d",
    ]

    private static let base64 = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// RFC 4648, in lines of so many characters; without a width, one line that does not end.
    private static func encode(_ bytes: [UInt8], width: Int?) -> [UInt8] {
        var digits: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let digit = Self.base64[value >> (18 - 6 * place) & 0x3F]
                digits.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        guard let width else { return digits }
        return stride(from: 0, to: digits.count, by: width).flatMap {
            digits[$0..<min($0 + width, digits.count)] + [0x0A]
        }
    }

    /// RFC 4648; what stands outside of the alphabet is passed over.
    private static func decode(_ text: ShellText, bits: Int, _ alphabet: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var value = 0
        var count = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "=") { break }
            guard let digit = alphabet.firstIndex(of: byte) else { continue }
            value = value << bits | digit
            count += bits
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> count))
                value &= (1 << count) - 1
            }
        }
        return bytes
    }

    private static func hexadecimal(_ text: ShellText) -> [UInt8]? {
        let digits = text.utf8.compactMap { $0.digit(base: 16) }
        guard digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }
}
