import ShellSyntax

/// The parts of a URL as a client understands them: percent signs, dots and numbers of hosts are
/// other spellings of the same.
struct HTTPAddress: Hashable, Sendable {
    /// In small letters; numbers as four bytes with dots.
    let host: AbstractText
    let port: Int?
    /// The components of the path, without empty ones and dots.
    let path: [AbstractText]
    /// The components in ASCII, empty where they are not known.
    let names: [String]
    /// `NAME=VALUE`, or a name alone.
    let query: [AbstractText]
    /// Whether host and path are known as far as they decide which service it is.
    let isKnown: Bool

    init(_ url: AbstractText) {
        let text = QueryText(url)
        var start = 0
        var scheme = ""
        if let colon = text.schemeEnd {
            scheme = String(decoding: text.bytes[..<colon].map(\.lowercasedASCII), as: UTF8.self)
            start = colon + 3
        }
        var end = start
        while end < text.count, ![0x2F, 0x3F, 0x23].contains(text[end]) { end += 1 }
        let authority = HTTPAuthority(text, start..<end)
        host = authority.host
        let ports = ["http": 80, "https": 443]
        port = authority.port ?? ports[scheme]
        var pathEnd = end
        while pathEnd < text.count, text[pathEnd] != 0x3F, text[pathEnd] != 0x23 { pathEnd += 1 }
        let components = Self.components(end..<pathEnd, of: text)
        path = components
        names = components.map { $0.literal.map(\.description).flatMap(Self.ascii) ?? "" }
        var fragment = pathEnd
        while fragment < text.count, text[fragment] != 0x23 { fragment += 1 }
        query = text.pieces(min(pathEnd + 1, fragment)..<fragment, at: 0x26).map {
            text.percentDecoded($0)
        }
        isKnown = authority.isKnown && !text.bytes[end..<pathEnd].contains(QueryText.textMark)
    }

    private static func ascii(_ text: String) -> String? {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : nil
    }

    private static func components(_ range: Range<Int>, of text: QueryText) -> [AbstractText] {
        var components: [AbstractText] = []
        for piece in text.pieces(range, at: 0x2F) {
            let component = text.percentDecoded(piece)
            switch component.literal?.description {
            case "", ".": continue
            case "..": _ = components.popLast()
            // `{a,b}` and `[1-9]` are several requests.
            case let name? where name.utf8.contains(0x7B) || name.utf8.contains(0x5B):
                components.append(.notComputed)
            default: components.append(component)
            }
        }
        return components
    }

    /// The value of a parameter; nil where it is not there.
    func parameter(_ name: String) -> AbstractText? {
        for item in query {
            let known = item.knownPrefix.utf8
            guard known.starts(with: name.utf8) else { continue }
            let rest = known.dropFirst(name.utf8.count)
            if rest.isEmpty, item.literal != nil { return .empty }
            if rest.first == 0x3D { return item.droppingFirst(name.utf8.count + 1) }
        }
        return nil
    }
}

/// Host and port.
private struct HTTPAuthority {
    let host: AbstractText
    let port: Int?
    let isKnown: Bool

    init(_ text: QueryText, _ range: Range<Int>) {
        var range = range
        if let at = text.bytes[range].lastIndex(of: 0x40) { range = at + 1..<range.upperBound }
        isKnown = !text.bytes[range].contains(QueryText.textMark) && !range.isEmpty
        var hostEnd = range.upperBound
        var port: Int?
        let bracket = text.bytes[range].lastIndex(of: 0x5D)
        if let colon = text.bytes[range].lastIndex(of: 0x3A), colon > (bracket ?? -1) {
            hostEnd = colon
            port = Int(String(decoding: text.bytes[(colon + 1)..<range.upperBound], as: UTF8.self))
        }
        self.port = port
        let name = text.percentDecoded(range.lowerBound..<hostEnd)
        guard let literal = name.literal else {
            host = name
            return
        }
        var bytes = literal.utf8.map(\.lowercasedASCII)
        while bytes.last == 0x2E { bytes.removeLast() }
        host = AbstractText(
            HTTPHostNumber.canonical(bytes).map { ShellText($0) } ?? ShellText(bytes)
        )
    }
}

/// The spellings of a number that is a host: `0xa9fea9fe`, `2852039166`, `0251.0376.43518`.
enum HTTPHostNumber {
    static func canonical(_ host: [UInt8]) -> String? {
        var host = host[...]
        let mapped = Array("[::ffff:".utf8)
        if host.starts(with: mapped), host.last == 0x5D {
            host = host.dropFirst(mapped.count).dropLast()
            if host.contains(0x3A) { return fromPairs(host) }
        }
        let parts = host.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var value: UInt64 = 0
        for (index, part) in parts.enumerated() {
            guard let number = number(part) else { return nil }
            let isLast = index == parts.count - 1
            let bits = UInt64(isLast ? 8 * (5 - parts.count) : 8)
            guard number < 1 << bits else { return nil }
            value = value << bits | number
        }
        return dotted(value)
    }

    private static func fromPairs(_ host: ArraySlice<UInt8>) -> String? {
        let pairs = host.split(separator: 0x3A)
        guard pairs.count == 2,
            let high = UInt64(String(decoding: pairs[0], as: UTF8.self), radix: 16),
            let low = UInt64(String(decoding: pairs[1], as: UTF8.self), radix: 16),
            high < 65_536, low < 65_536
        else { return nil }
        return dotted(high << 16 | low)
    }

    private static func number(_ part: ArraySlice<UInt8>) -> UInt64? {
        let text = String(decoding: part, as: UTF8.self)
        guard let first = part.first, first.isQueryDigit else { return nil }
        if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
        return first == 0x30 && part.count > 1 ? UInt64(text, radix: 8) : UInt64(text)
    }

    private static func dotted(_ value: UInt64) -> String {
        [24, 16, 8, 0].map { String(value >> UInt64($0) & 0xFF) }.joined(separator: ".")
    }
}

extension QueryText {
    /// The place of the colon of `scheme://`.
    fileprivate var schemeEnd: Int? {
        var index = 0
        while bytes.indices.contains(index), bytes[index].isQueryLetter { index += 1 }
        guard index > 0, bytes[index...].starts(with: "://".utf8) else { return nil }
        return index
    }

    // LIMIT: the components of a path, or the parameters of a query, that are told apart.
    static let maximumPieces = 256

    fileprivate func pieces(_ range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        guard !range.isEmpty else { return [] }
        return bytes[range].split(
            separator: separator,
            maxSplits: Self.maximumPieces,
            omittingEmptySubsequences: true
        ).map { $0.startIndex..<$0.endIndex }
    }

    /// `%2F` is a slash that divides nothing any more.
    fileprivate func percentDecoded(_ range: Range<Int>) -> AbstractText {
        var decodedBytes: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x25, index + 2 < range.upperBound,
                let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            {
                let byte = high << 4 | low
                // Not UTF-8, and so none of the names that are looked for.
                decodedBytes.append(byte >= Self.nameMark ? 0x3F : byte)
                index += 3
            } else {
                decodedBytes.append(bytes[index])
                index += 1
            }
        }
        return decoded(decodedBytes, firstMark: firstMark(from: range.lowerBound))
    }
}
