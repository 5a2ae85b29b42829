/// Quotes bytes so that a login shell hands them on unchanged, whatever its start-up files set.
enum ShellQuoting {
    /// One word that stands for exactly these bytes.
    static func quote(
        _ bytes: [UInt8],
        for family: LoginShellFamily
    ) throws(WrappingError) -> [UInt8] {
        guard !bytes.contains(0) else { throw .containsNUL }
        switch family {
        case .posix: return posix(bytes)
        case .csh: return try csh(bytes)
        case .fish: return fish(bytes)
        }
    }

    private static let apostrophe = UInt8(ascii: "'")
    private static let backslash = UInt8(ascii: "\\")

    /// Within apostrophes everything but the apostrophe stands for itself.
    private static func posix(_ bytes: [UInt8]) -> [UInt8] {
        var quoted: [UInt8] = [apostrophe]
        quoted.reserveCapacity(bytes.count + 2)
        for byte in bytes {
            if byte == apostrophe {
                quoted += [apostrophe, backslash, apostrophe, apostrophe]
            } else {
                quoted.append(byte)
            }
        }
        quoted.append(apostrophe)
        return quoted
    }

    /// Within apostrophes fish reads `\\` and `\'`.
    private static func fish(_ bytes: [UInt8]) -> [UInt8] {
        var quoted: [UInt8] = [apostrophe]
        quoted.reserveCapacity(bytes.count + 2)
        for byte in bytes {
            if byte == apostrophe || byte == backslash { quoted.append(backslash) }
            quoted.append(byte)
        }
        quoted.append(apostrophe)
        return quoted
    }

    /// Within apostrophes csh still reads `!`, and with `backslash_quote` set also the backslash, so
    /// these stand outside, each behind a backslash.
    ///
    /// A newline must stand within, behind a backslash: outside, that would be a blank.
    private static func csh(_ bytes: [UInt8]) throws(WrappingError) -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8ForCsh }
        var quoted: [UInt8] = []
        quoted.reserveCapacity(bytes.count + 2)
        var isWithin = false
        for byte in bytes {
            switch byte {
            case apostrophe, backslash, UInt8(ascii: "!"):
                if isWithin { quoted.append(apostrophe) }
                isWithin = false
                quoted += [backslash, byte]
            default:
                if !isWithin { quoted.append(apostrophe) }
                isWithin = true
                if byte == UInt8(ascii: "\n") { quoted.append(backslash) }
                quoted.append(byte)
            }
        }
        if isWithin { quoted.append(apostrophe) }
        return quoted.isEmpty ? [apostrophe, apostrophe] : quoted
    }
}
