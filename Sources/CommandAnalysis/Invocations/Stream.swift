public import ShellSyntax

/// What a program reads on its standard input.
public enum Stream: Hashable, Sendable {
    /// What the client sends.
    case client
    /// Nothing: end of file at once.
    case nothing
    /// This text.
    case text(AbstractText)
    /// Something that another program or a file holds.
    case unknown(UnknownText)
    /// The rest of the text that the shell itself reads.
    case script
}

extension Stream {
    /// Whether surely nothing is read, or no more than the ends of lines.
    var isEmpty: Bool {
        switch self {
        case .nothing: true
        case .text(let text): text.isEmptyOrBlank
        case .client, .unknown, .script: false
        }
    }
}

extension AbstractText {
    /// Whether it is known, and nothing is in it but the ends of lines.
    var isEmptyOrBlank: Bool {
        literal?.utf8.allSatisfy { $0 == UInt8(ascii: "\n") } ?? false
    }
}

/// What the client sends on standard input, as far as whoever asks knows.
public enum ClientInput: Hashable, Sendable {
    case nothing
    case unknown
    case text(ShellText)
}

/// What a command line does with the client's input, the worst of all that read it.
public enum ClientInputUse: Int, Hashable, Sendable, Comparable {
    /// Nothing reads it, so it need not be sent.
    case ignored
    case data
    case code

    public static func < (left: ClientInputUse, right: ClientInputUse) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// How places in a text that is read belong to the command line that was asked about.
public enum TextOrigin: Hashable, Sendable {
    /// Byte for byte, from this offset on.
    case offset(Int)
    /// All of it comes from this part.
    case part(SourceRange)

    public func range(of range: SourceRange) -> SourceRange {
        switch self {
        case .offset(let offset):
            SourceRange(Int(range.lowerBound) + offset, Int(range.upperBound) + offset)
        case .part(let part): part
        }
    }
}
