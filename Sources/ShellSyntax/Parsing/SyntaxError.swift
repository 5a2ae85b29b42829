/// Why a text is no program of the shell, and where.
public struct SyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// What stands there cannot stand there.
        case unexpected(found: ShellText, expected: ShellText)
        /// The text ends, and no more of it can come.
        case unexpectedEnd(of: ShellText)
        case nulByte
        case invalidUTF8
        case limit(ParserLimit, maximum: Int)
    }

    public let kind: Kind
    public let range: SourceRange

    public init(kind: Kind, range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    public var description: String {
        switch kind {
        case .unexpected(let found, let expected):
            "unexpected \(found.inProse), expected \(expected)"
        case .unexpectedEnd(let what):
            "the text ends before the end of \(what)"
        case .nulByte:
            "a NUL byte, which no shell command can hold"
        case .invalidUTF8:
            "bytes that are not UTF-8"
        case .limit(let limit, let maximum):
            "\(limit.rawValue) exceeds the limit of \(maximum)"
        }
    }
}

extension ShellText {
    /// In back-quotes, without control characters, at most 40 characters; the end of a line by
    /// name.
    var inProse: String {
        if isEmpty { return "end of the text" }
        if self == "\n" { return "end of the line" }
        var shown = ""
        for scalar in description.unicodeScalars.prefix(40) { shown += scalar.shown }
        return "`\(shown)`"
    }
}
