/// Checks of names, byte by byte, so that what looks alike is alike.
enum NameGrammar {
    static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isLowerOrDigit(byte)
        }
    }

    /// `[a-z0-9][a-z0-9EXTRA]*` of at most so many bytes.
    static func isName(_ text: String, extra: String = "._-", maximumBytes: Int) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= maximumBytes, let first = bytes.first, isLowerOrDigit(first) else {
            return false
        }
        return bytes.allSatisfy { isLowerOrDigit($0) || extra.utf8.contains($0) }
    }
}
