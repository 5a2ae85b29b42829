import TestSupport

/// Makes command lines that hide a payload behind two or three techniques at once.
///
/// All of them are real programs: bash reads them, and what can be tried runs the payload. The
/// techniques are those of words (`+Words`), of whole argument vectors (`+Vectors`), of programs that
/// run others (`+Wrappers`), and of texts that are read again (`+Texts`).
struct EvasionGenerator {
    var random: SeededGenerator
    /// Whether only what bash can try anywhere is made: no program but those that a trace knows.
    let isTraced: Bool
    /// Commands that have to stand in front.
    var setup: [String] = []
    /// Whether a shell without the extensions of bash reads the text as it is meant.
    var isPOSIX = true
    private var names = 0

    init(seed: UInt64, isTraced: Bool = false) {
        random = SeededGenerator(seed: seed)
        self.isTraced = isTraced
    }

    /// A line that runs a payload behind so many techniques.
    mutating func line(_ payload: Payload, techniques count: ClosedRange<Int> = 2...3) -> String {
        setup = []
        isPOSIX = true
        names = 0
        var techniques = number(count)
        var words = payload.words
        if let index = payload.path, chance(3) { words[index] = samePath(words[index]) }
        var text: String?
        if payload.isProgram, chance(2) {
            techniques -= 1
            if chance(4), let split = split(words) {
                text = split
            } else {
                words = wrapped(words)
            }
        }
        if text == nil {
            text = chance(2) || !payload.isProgram ? spelled(words) : vector(words)
            techniques -= 1
        }
        var line = text ?? ""
        if let redirection = payload.redirection {
            line += " \(redirection.sign) \(spell(redirection.file))"
        }
        line = (setup + [line]).joined(separator: pick(["; ", "\n", " && "]))
        for _ in 0..<max(techniques, 1) { line = hidden(line) }
        return line
    }

    // MARK: Chance

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// True once in so many times.
    mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    /// The name of a variable, a function or a file that nothing else has.
    mutating func name() -> String {
        names += 1
        return "\(pick(["a", "v", "tmp", "X", "_q"]))\(names)"
    }

    // MARK: Quotes

    mutating func quoted(_ text: String) -> String {
        switch number(0...3) {
        case 0: return Self.doubleQuoted(text)
        case 1: return ansiQuoted(text)
        default: return Self.singleQuoted(text)
        }
    }

    static func singleQuoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    static func doubleQuoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            if "\\\"$`".contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + "\""
    }

    mutating func ansiQuoted(_ text: String) -> String {
        isPOSIX = false
        var quoted = "$'"
        for byte in text.utf8 {
            switch number(0...5) {
            case 0: quoted += "\\x" + Self.digits(byte, base: 16, count: 2)
            case 1: quoted += "\\" + Self.digits(byte, base: 8, count: 3)
            case 2 where byte < 0x80: quoted += "\\u" + Self.digits(byte, base: 16, count: 4)
            default: quoted += Self.ansiEscaped(byte)
            }
        }
        return quoted + "'"
    }

    private static func ansiEscaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x0A: "\\n"
        case 0x09: "\\t"
        case 0x27, 0x5C: "\\" + String(UnicodeScalar(byte))
        case 0x20..<0x7F: String(UnicodeScalar(byte))
        default: "\\x" + digits(byte, base: 16, count: 2)
        }
    }

    static func digits(_ byte: UInt8, base: Int, count: Int) -> String {
        let digits = String(byte, radix: base)
        return String(repeating: "0", count: count - digits.count) + digits
    }
}

extension String {
    /// Whether it stays what it is without quotes.
    var isPlainWord: Bool {
        !isEmpty
            && utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0)
                    || (0x2B...0x3A).contains($0) || $0 == 0x3D || $0 == 0x5F || $0 == 0x40
            }
    }
}
