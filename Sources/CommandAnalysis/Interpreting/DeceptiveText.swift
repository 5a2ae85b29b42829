import ShellSyntax

// Text that is not what it looks like (Unicode Technical Standard 39, in the part that matters to
// whoever reads a command line).

extension ShellText {
    /// Whether somebody who reads the text takes it for another one: characters that cannot be seen
    /// or turn the order round, wide and dash-like forms of ASCII characters, and words in which
    /// letters of Latin and of an alphabet that looks like it stand side by side.
    var isDeceptive: Bool {
        guard contains(where: { $0 >= 0x7F }) else { return false }
        var hasLatin = false
        var hasSimilar = false
        for scalar in description.unicodeScalars {
            if scalar.isHidden || scalar.isForm { return true }
            if scalar.isLatinLetter {
                hasLatin = true
            } else if scalar.isSimilarLetter {
                hasSimilar = true
            } else if !scalar.properties.isAlphabetic {
                // Between two words, each may be of its own alphabet.
                if hasLatin && hasSimilar { return true }
                hasLatin = false
                hasSimilar = false
            }
        }
        return hasLatin && hasSimilar
    }
}

extension Unicode.Scalar {
    /// Whether it cannot be seen, or moves others.
    fileprivate var isHidden: Bool {
        switch value {
        case 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF,
            0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
            // The emoji are put together with these.
            value != 0x200D && value != 0xFE0F
        default: false
        }
    }

    /// Whether it is another form of an ASCII character, blanks and dashes among them.
    fileprivate var isForm: Bool {
        switch value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        case 0x2010...0x2013, 0x2212, 0xFE58, 0xFE63: true
        case 0x2024, 0x2044, 0x2215, 0x29F8, 0x037E, 0x2223, 0x01C0: true
        case 0xFF01...0xFF5E, 0x1D400...0x1D7FF: true
        case 0x10FFF0...0x10FFFF, 0xE000...0xF8FF: true
        default: false
        }
    }

    fileprivate var isLatinLetter: Bool {
        (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
    }

    /// Greek, Cyrillic, Armenian, Cherokee and the phonetic letters: many look like Latin ones.
    fileprivate var isSimilarLetter: Bool {
        switch value {
        case 0x0250...0x02AF, 0x0370...0x03FF, 0x0400...0x052F, 0x0530...0x058F, 0x13A0...0x13FF,
            0x1C80...0x1C8F, 0x1F00...0x1FFF, 0xA640...0xA69F, 0xAB70...0xABBF:
            properties.isAlphabetic
        default: false
        }
    }
}
