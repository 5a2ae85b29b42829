/// Texts as our own strict reader of YAML takes them back.
enum YAMLText {
    /// What some version of YAML reads as something else than a text.
    private static let taken = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null",
    ]

    /// The text as it is where no reader can take it for anything else, and quoted otherwise.
    static func plainOrQuoted(_ text: String) -> String {
        let bytes = text.utf8
        guard let first = bytes.first, isLetter(first), !taken.contains(text.lowercased()),
            bytes.allSatisfy({ isLetter($0) || isDigit($0) || "._/@-".utf8.contains($0) })
        else { return quoted(text) }
        return text
    }

    /// The text in double quotes, whatever it holds.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case " "..."~": quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                let padding = String(repeating: "0", count: 8 - digits.count)
                quoted += "\\U" + padding + digits
            }
        }
        return quoted + "\""
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
