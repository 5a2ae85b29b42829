public import ShellSyntax

// Which shape of unknown text a known one has.

extension AbstractText {
    /// The narrowest shape that all of these have.
    public static func commonShape(of texts: some Sequence<AbstractText>) -> UnknownText.Shape {
        var common: UnknownText.Shape?
        for text in texts {
            let shape = text.shape
            guard let sofar = common else {
                common = shape
                continue
            }
            common = sofar.joined(shape)
            if common == .text { return .text }
        }
        return common ?? .text
    }

    /// The narrowest shape that the text has.
    public var shape: UnknownText.Shape {
        if let literal { return UnknownText.Shape(of: literal) }
        guard pieces.count == 1, case .unknown(let unknown) = pieces[0] else {
            return isName ? .name : .text
        }
        return unknown.origin == .names ? .text : unknown.shape
    }

    /// Whether the text is of the shape `name`, put together of parts that are.
    private var isName: Bool {
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .text(let text):
                guard text.utf8.allSatisfy(\.isOfName) else { return false }
                if index == 0, text.utf8.first == UInt8(ascii: "-") { return false }
            case .unknown(let unknown):
                switch unknown.shape {
                case .digits, .name: continue
                case .integer: if index == 0 { return false }
                case .relativePath, .text: return false
                }
            case .wildcard, .directory: return false
            }
        }
        return pieces.count > 1
    }
}

extension UnknownText.Shape {
    public init(of literal: ShellText) {
        let bytes = literal.utf8
        if !bytes.isEmpty, bytes.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .digits
        } else if bytes.first == UInt8(ascii: "-"), bytes.count > 1,
            bytes.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        {
            self = .integer
        } else if let first = bytes.first, first != UInt8(ascii: "-"),
            bytes.allSatisfy(\.isOfName), literal != ".", literal != ".."
        {
            self = .name
        } else {
            self = .text
        }
    }

    /// The narrowest that is as wide as both.
    public func joined(_ other: UnknownText.Shape) -> UnknownText.Shape {
        switch (self, other) {
        case (.digits, .digits): .digits
        case (.digits, .integer), (.integer, .digits), (.integer, .integer): .integer
        case (.digits, .name), (.name, .digits), (.name, .name): .name
        case (.name, .relativePath), (.relativePath, .name), (.digits, .relativePath),
            (.relativePath, .digits), (.relativePath, .relativePath):
            .relativePath
        case (.integer, _), (_, .integer), (.text, _), (_, .text): .text
        }
    }

    /// Whether a shell takes such a text for one word without anything special in it.
    public var isPlainWord: Bool {
        switch self {
        case .digits, .integer, .name: true
        case .relativePath, .text: false
        }
    }
}

extension UInt8 {
    /// Whether the shape `name` may hold it.
    var isOfName: Bool {
        isLetterOrDigit || "_.:+@%,=-".utf8.contains(self)
    }
}
