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
            // It knows no bundles: `-rp` is `-r`.
            let set = Set(options.compactMap(\.self))
            guard set.isSubset(of: ["-r", "-revert", "-p", "-ps", "-plain"]),
                set.contains("-r") || set.contains("-revert"),
                !set.isDisjoint(with: ["-p", "-ps", "-plain"])
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
            let text = input.literal,
            options.contains("-A") ? text.isOneLine : text.isInLinesOfOpenSSL,
            let bytes = Self.decode(text, bits: 6, Self.base64), !bytes.contains(0)
        else { return nil }
        return String(validating: bytes, as: UTF8.self).map { AbstractText(ShellText($0)) }
    }

    private static let decoding: Set<ShellText> = [
        "-d", "--decode", "-di", "-id", "-i", "--ignore-garbage", "--dec", "--deco",
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

    /// RFC 4648, of a text that all programs decode alike: in whole groups, with nothing but line feeds
    /// between, and nothing behind its end.
    private static func decode(_ text: ShellText, bits: Int, _ alphabet: [UInt8]) -> [UInt8]? {
        let digits = text.utf8.filter { $0 != 0x0A }
        let group = bits == 6 ? 4 : 8
        guard digits.count.isMultiple(of: group) else { return nil }
        let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard (bits == 6 ? [0, 1, 2] : [0, 1, 3, 4, 6]).contains(padding) else { return nil }
        var bytes: [UInt8] = []
        var value = 0
        var count = 0
        for byte in digits.dropLast(padding) {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            value = value << bits | digit
            count += bits
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> count))
                value &= (1 << count) - 1
            }
        }
        return value == 0 ? bytes : nil
    }

    private static func hexadecimal(_ text: ShellText) -> [UInt8]? {
        let written = text.utf8.filter { $0 != 0x0A }
        let digits = written.compactMap { $0.digit(base: 16) }
        guard digits.count == written.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }
}

extension ShellText {
    /// Whether there is no line feed but at the end.
    fileprivate var isOneLine: Bool { !utf8.dropLast().contains(0x0A) }

    /// Whether `openssl` reads all of it without `-A`: lines of 64 characters, and a shorter last one.
    fileprivate var isInLinesOfOpenSSL: Bool {
        guard utf8.last == 0x0A else { return false }
        let lines = utf8.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        return lines.dropLast().allSatisfy { $0.count == 64 }
            && lines.allSatisfy { (1...64).contains($0.count) }
    }
}
