public import ShellSyntax

/// Why a text is no pattern of paths.
public enum PathPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    case noRoot
    case emptyComponent
    case dots(String)
    case starsWithText(String)
    case openBracket(String)
    case brace(String)
    case endsInBackslash
    /// More than `GlobMachine.maximumStates`.
    case tooLong

    public var description: String {
        switch self {
        case .noRoot:
            "a path begins with `/`, `~/`, `~*/`, `./` or `../`, or is one of `~`, `~*`, `.` and `..`"
        case .emptyComponent: "a component between two slashes is empty"
        case .dots(let component): "`\(component)` is no component of a pattern"
        case .starsWithText(let component):
            "`**` stands alone in its component, found `\(component)`"
        case .openBracket(let component): "`[` without its `]` in `\(component)`"
        case .brace(let component):
            "braces have no meaning here, write each alternative out, found `\(component)`"
        case .endsInBackslash: "a backslash at the end makes nothing literal"
        case .tooLong: "a pattern is too long"
        }
    }
}

extension PathPattern {
    /// Reads a pattern.
    ///
    /// `*`, `?` and `[a-z]` match within a component, a leading dot too; a backslash makes the
    /// character behind it literal.
    public convenience init(_ text: ShellText) throws(PathPatternError) {
        var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let root: Root
        switch ShellText(Array(parts[0])) {
        case "": root = .root
        case "~": root = .home
        case "~*": root = .anyHome
        case ".": root = .start
        case "..": root = .aboveStart
        default: throw .noRoot
        }
        guard !text.isEmpty else { throw .noRoot }
        parts.removeFirst()
        // `/` alone has an empty component behind it.
        if root == .root, parts.count == 1, parts[0].isEmpty { parts = [] }
        var components: [Component] = []
        for part in parts { components.append(try Self.component(Array(part))) }
        try self.init(root: root, components: components)
    }

    private static func component(_ bytes: [UInt8]) throws(PathPatternError) -> Component {
        let shown = ShellText(bytes).escapingControls
        if bytes.isEmpty { throw .emptyComponent }
        if shown == "." || shown == ".." { throw .dots(shown) }
        if shown == "**" { return .any }
        if shown.contains("**") { throw .starsWithText(shown) }
        var reader = GlobReader(bytes)
        return .one(try reader.read())
    }
}

/// Reads the wildcards of one component or name.
struct GlobReader {
    private let bytes: [UInt8]
    private var position = 0
    private var pieces: [AbstractText.Piece] = []
    private var literal: [UInt8] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() throws(PathPatternError) -> AbstractText {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "*"): append(.anyText)
            case UInt8(ascii: "?"): append(.anyCharacter)
            case UInt8(ascii: "["): append(.oneOf(try readSet()))
            case UInt8(ascii: "{"), UInt8(ascii: "}"): throw .brace(shown)
            case UInt8(ascii: "\\"):
                guard position < bytes.count else { throw .endsInBackslash }
                literal.append(bytes[position])
                position += 1
            default: literal.append(byte)
            }
        }
        endLiteral()
        return AbstractText(pieces)
    }

    private var shown: String { ShellText(bytes).escapingControls }

    private mutating func endLiteral() {
        pieces.append(.text(ShellText(literal)))
        literal = []
    }

    private mutating func append(_ wildcard: Wildcard) {
        endLiteral()
        pieces.append(.wildcard(wildcard))
    }

    /// What stands between brackets, of which the first is read already.
    private mutating func readSet() throws(PathPatternError) -> Wildcard.CharacterSet {
        var set = Wildcard.CharacterSet()
        let isInverted = position < bytes.count && "!^".utf8.contains(bytes[position])
        if isInverted { position += 1 }
        let first = position
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "]"), position > first + 1 {
                if isInverted { set.invert() }
                return set
            }
            guard byte < 0x80 else {
                set.hasOthers = true
                continue
            }
            let isRange =
                position + 1 < bytes.count && bytes[position] == UInt8(ascii: "-")
                && bytes[position + 1] != UInt8(ascii: "]") && bytes[position + 1] < 0x80
            guard isRange else {
                set.insert(byte)
                continue
            }
            let upper = bytes[position + 1]
            position += 2
            if byte <= upper { for member in byte...upper { set.insert(member) } }
        }
        throw .openBracket(shown)
    }
}
