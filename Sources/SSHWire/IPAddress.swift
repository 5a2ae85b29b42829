/// An IP address in its one form: IPv4 mapped into IPv6 (RFC 4291 §2.5.5.2) is IPv4.
///
/// A zone (`%eth0`) is no part of it, and text with one is refused.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes, or sixteen.
    package let bytes: [UInt8]

    static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xff, 0xff]

    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
        let isMapped = bytes.count == 16 && bytes.starts(with: Self.mappedPrefix)
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    package init(parsing text: some StringProtocol) throws(WireError) {
        guard let bytes = Self.version4(text) ?? Self.version6(text) else {
            throw .malformed(field: "address", reason: "is not an IPv4 or IPv6 address")
        }
        self.init(bytes)
    }

    package var isVersion4: Bool { bytes.count == 4 }

    /// Dotted decimals, or the form of RFC 5952.
    package var description: String {
        guard !isVersion4 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        let zeros = Self.longestZeros(in: groups)
        guard zeros.count > 1 else { return Self.hexadecimal(groups[...]) }
        return Self.hexadecimal(groups[..<zeros.lowerBound]) + "::"
            + Self.hexadecimal(groups[zeros.upperBound...])
    }

    private static func hexadecimal(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func longestZeros(in groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in groups.indices {
            if groups[index] != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<(index + 1)
            }
        }
        return longest
    }
}

extension IPAddress {
    /// Four decimals of one to three digits without leading zeros, which some readers take as octal.
    static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = decimal(part, maximum: 255) else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    /// RFC 4291 §2.2, with `::` at most once and IPv4 at most at the end.
    static func version6(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        let characters = Array(text.utf8)
        let gaps = characters.indices.dropLast().filter {
            characters[$0] == UInt8(ascii: ":") && characters[$0 + 1] == UInt8(ascii: ":")
        }
        guard let gap = gaps.first else {
            guard let bytes = groups(characters[...], mayEndInVersion4: true), bytes.count == 16
            else { return nil }
            return bytes
        }
        guard gaps.count == 1,
            let head = groups(characters[..<gap], mayEndInVersion4: false),
            let tail = groups(characters[(gap + 2)...], mayEndInVersion4: true),
            head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: ArraySlice<UInt8>, mayEndInVersion4: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEndInVersion4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let last = version4(String(decoding: part, as: UTF8.self)) else { return nil }
                bytes += last
            } else {
                guard let group = hexadecimalGroup(part) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes
    }

    private static func hexadecimalGroup(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for digit in digits {
            guard let nibble = hexadecimalDigit(digit) else { return nil }
            value = value << 4 | nibble
        }
        return value
    }

    private static func hexadecimalDigit(_ digit: UInt8) -> UInt16? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The value of one to three ASCII digits without a leading zero.
    static func decimal(_ text: some StringProtocol, maximum: Int) -> Int? {
        let digits = Array(text.utf8)
        guard (1...3).contains(digits.count), digits.count == 1 || digits[0] != UInt8(ascii: "0")
        else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value <= maximum ? value : nil
    }
}
