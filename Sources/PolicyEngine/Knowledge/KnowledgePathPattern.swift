import CommandAnalysis
import ShellSyntax

extension PathPattern {
    /// What a path of a knowledge file begins with.
    static let expected =
        "an absolute path or one that begins with `~/`, `~*/` or `./`, without `..`, perhaps with "
        + "`*` and `**`"

    /// Nil where the text is no pattern.
    init?(knowledge text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let root: Root
        switch parts.first {
        case ""?: root = .root
        case "~"?: root = .home
        case "~*"?: root = .anyHome
        case "."?: root = .start
        default: return nil
        }
        guard parts.count > 1 || root != .root else { return nil }
        var components: [Component] = []
        let names = parts.dropFirst()
        for name in names where !(names.count == 1 && name.isEmpty && root == .root) {
            guard let component = Self.component(name) else { return nil }
            components.append(component)
        }
        self.init(root: root, components: components)
    }

    private static func component(_ name: Substring) -> Component? {
        if name == "**" { return .any }
        guard !name.isEmpty, name != ".", name != "..", !name.contains("**") else { return nil }
        var text = AbstractText.empty
        var rest = name.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): text.append(.wildcard(.anyText))
            case UInt8(ascii: "?"): text.append(.wildcard(.anyCharacter))
            case UInt8(ascii: "["):
                guard let set = characterSet(&rest) else { return nil }
                text.append(.wildcard(.oneOf(set)))
            default: text.append(.text(ShellText([byte])))
            }
        }
        return .one(text)
    }

    /// What stands behind `[`, up to and with `]`.
    private static func characterSet(_ rest: inout Substring.UTF8View) -> Wildcard.CharacterSet? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.startIndex else {
            return nil
        }
        let bytes = Array(rest[..<end])
        rest = rest[rest.index(after: end)...]
        var set = Wildcard.CharacterSet()
        var index = 0
        while index < bytes.count {
            let isRange = index + 2 < bytes.count && bytes[index + 1] == UInt8(ascii: "-")
            let last = isRange ? bytes[index + 2] : bytes[index]
            guard bytes[index] <= last, last < 0x80 else { return nil }
            for byte in bytes[index]...last { set.insert(byte) }
            index += isRange ? 3 : 1
        }
        return set
    }
}
