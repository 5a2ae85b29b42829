import ShellSyntax

/// A set of `tr`: characters, ranges, escapes and some classes.
enum CharacterList {
    static func expand(_ text: ShellText) -> [UInt8]? {
        let source = text.description
        for (name, range) in [
            ("[:lower:]", 0x61...0x7A as ClosedRange<UInt8>), ("[:upper:]", 0x41...0x5A),
            ("[:digit:]", 0x30...0x39),
        ] where source == name { return Array(range) }
        // Other classes, and repetitions.
        guard !["[:", "[="].contains(where: source.contains),
            !(source.contains("[") && source.contains("*")), let characters = characters(of: text)
        else { return nil }
        var result: [UInt8] = []
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if index + 2 < characters.count, characters[index + 1] == .init(byte: 0x2D) {
                let last = characters[index + 2].byte
                guard character.byte <= last else { return nil }
                result += Array(character.byte...last)
                index += 3
            } else {
                result.append(character.byte)
                index += 1
            }
        }
        return result
    }

    private struct Character: Equatable {
        let byte: UInt8
        /// With a backslash, `-` is no range.
        var isEscaped = false
    }

    /// Nil where it is not ASCII, and where programs differ.
    private static func characters(of text: ShellText) -> [Character]? {
        var characters: [Character] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                characters.append(Character(byte: byte))
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let control = Escapes.controls[escape] {
                characters.append(Character(byte: control, isEscaped: true))
            } else if let digit = escape.digit(base: 8) {
                guard let number = rest.popByte(base: 8, digits: 2, digit), number > 0 else {
                    return nil
                }
                characters.append(Character(byte: number, isEscaped: true))
            } else if escape == UInt8(ascii: "-") {
                characters.append(Character(byte: escape, isEscaped: true))
            } else {
                return nil
            }
        }
        return characters.allSatisfy { $0.byte < 0x80 } ? characters : nil
    }
}
