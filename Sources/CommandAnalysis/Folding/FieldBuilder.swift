import ShellSyntax

/// A part of a word after expansion.
enum Segment {
    /// Stays in its field, whatever it is.
    case quoted(AbstractText)
    /// Stays in its field; pattern characters in it count.
    case pattern(AbstractText)
    /// Is split at what IFS says; pattern characters in it count.
    case split(AbstractText)
    /// Ends a field: between the elements of `"$@"`.
    case fieldEnd
    /// Any number of fields, the first joined to what stands before.
    case anyFields(UnknownText)
}

/// Makes fields of the parts of one word (POSIX XCU 2.6.5, *Field Splitting*).
struct FieldBuilder {
    private var chunks: [PatternReader.Chunk] = []
    /// Whether there is a field even if nothing is in it.
    private var hasField = false
    /// Unknown text was split: what follows it may stand in this field or in a later one.
    private var isOpen: UnknownText?
    /// What is known of the word behind that, piece by piece; nil where it may be a pattern.
    private var written: [ShellText]? = []
    private(set) var fields: [Argument] = []
    private let separators: FieldSeparators

    /// False under `set -f`: then no character is one of a pattern.
    private let matchesFiles: Bool

    init(_ separators: FieldSeparators, matchesFiles: Bool) {
        self.separators = separators
        self.matchesFiles = matchesFiles
    }

    mutating func add(_ segment: Segment) {
        switch segment {
        case .quoted(let text):
            hasField = true
            if isOpen == nil { append(text, isActive: false) } else { write(text, isActive: false) }
        case .pattern(let text):
            hasField = true
            if isOpen == nil { append(text, isActive: true) } else { write(text, isActive: true) }
        case .split(let text): split(text)
        case .fieldEnd: endField()
        case .anyFields(let unknown):
            if isOpen == nil, !chunks.isEmpty { append(AbstractText(unknown), isActive: false) }
            isOpen = unknown
        }
    }

    mutating func endField() {
        if let unknown = isOpen {
            if !chunks.isEmpty { fields.append(.one(PatternReader.read(chunks))) }
            let isPlain = chunks.allSatisfy { !$0.isActive || $0.text.mayBeNoPattern }
            fields.append(.any(isPlain ? unknown.having(written ?? []) : unknown))
        } else if hasField || !chunks.isEmpty {
            fields.append(.one(PatternReader.read(chunks)))
        }
        chunks = []
        hasField = false
        isOpen = nil
        written = []
    }

    /// Notes text behind unknown text that was split.
    private mutating func write(_ text: AbstractText, isActive: Bool) {
        if isActive, !text.mayBeNoPattern { written = nil }
        for case .text(let known) in text.pieces { written?.append(known) }
    }

    private mutating func append(_ text: AbstractText, isActive: Bool) {
        if text.pieces.isEmpty { return }
        chunks.append(PatternReader.Chunk(text: text, isActive: isActive && matchesFiles))
    }

    private mutating func split(_ text: AbstractText) {
        if isOpen != nil, !text.mayBeNoPattern { written = nil }
        for piece in text.pieces {
            switch piece {
            case .text(let text): split(text)
            case .unknown(let unknown):
                if unknown.shape.isPlainWord && unknown.origin != .names && separators.isUsual
                    || separators.areNone
                {
                    if isOpen == nil { append(AbstractText([piece]), isActive: false) }
                } else if unknown.isOfEnvironment, separators.isUsual, isOpen == nil,
                    !chunks.isEmpty
                {
                    // Hardly any variable is set in an exec: `--port=$PORT` is one word.
                    append(AbstractText([piece]), isActive: false)
                } else {
                    if isOpen == nil, !chunks.isEmpty {
                        append(AbstractText([piece]), isActive: false)
                    }
                    isOpen = unknown.whenSplit
                }
            case .wildcard:
                if isOpen == nil { append(AbstractText([piece]), isActive: false) }
                // The names of files may have blanks, but no slashes, in them.
                if !separators.areNone { rest = UnknownText(.relativePath, from: .file) }
            case .directory:
                if isOpen == nil { append(AbstractText([piece]), isActive: false) }
            }
        }
        if let rest {
            endField()
            fields.append(.any(rest))
            self.rest = nil
        }
    }

    private var rest: UnknownText?

    private mutating func split(_ text: ShellText) {
        guard case .known(let blanks, let others) = separators else {
            if separators.areNone {
                if isOpen == nil { append(AbstractText(text), isActive: true) }
            } else if isOpen == nil {
                if !chunks.isEmpty { append(AbstractText(text), isActive: true) }
                isOpen = UnknownText(.text, from: .variable("IFS"))
            }
            return
        }
        var current: [UInt8] = []
        var sawBlank = false
        for byte in text.utf8 {
            if blanks.contains(byte) {
                flush(&current)
                if hasField || !chunks.isEmpty || isOpen != nil { sawBlank = true }
                endField()
            } else if others.contains(byte) {
                flush(&current)
                // A separator that is no blank ends a field even if that is empty, but one with
                // blanks before it is the same separator.
                if !sawBlank { hasField = hasField || isOpen == nil }
                endField()
                sawBlank = false
            } else {
                current.append(byte)
                sawBlank = false
            }
        }
        flush(&current)
    }

    private mutating func flush(_ bytes: inout [UInt8]) {
        if bytes.isEmpty { return }
        if isOpen == nil { append(AbstractText(ShellText(bytes)), isActive: true) }
        bytes = []
    }
}

/// What IFS says.
enum FieldSeparators {
    /// Blanks, of which any number is one separator, and others.
    case known(blanks: [UInt8], others: [UInt8])
    case unknown

    static let usual = FieldSeparators.known(blanks: [0x20, 0x09, 0x0A], others: [])

    init(_ text: ShellText) {
        let bytes = Array(text.utf8)
        self = .known(
            blanks: bytes.filter { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A },
            others: bytes.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
        )
    }

    /// Whether no text without blanks is split.
    var isUsual: Bool {
        if case .known(_, let others) = self { others.isEmpty } else { false }
    }

    /// Whether nothing is split.
    var areNone: Bool {
        if case .known(let blanks, let others) = self {
            blanks.isEmpty && others.isEmpty
        } else {
            false
        }
    }

    /// What joins `"$*"`; nil where that is not known.
    var joiner: ShellText? {
        guard case .known(let blanks, let others) = self else { return nil }
        // The first character of IFS; where blanks and others are mixed, either may be it.
        if others.isEmpty { return ShellText(blanks.prefix(1)) }
        return blanks.isEmpty ? ShellText(others.prefix(1)) : nil
    }
}

extension UnknownText {
    /// What the words are that it is split into: those behind a blank in the name of a file that was
    /// found may be anything, and numbers on a line each are numbers.
    fileprivate var whenSplit: UnknownText {
        switch (shape, origin) {
        case (.relativePath, .file), (.relativePath, .names): UnknownText(.text, from: origin)
        case (.digits, .names): UnknownText(.digits, from: .output)
        case _: self
        }
    }
}

extension AbstractText {
    /// Whether nothing that is known of it is a part of a pattern.
    fileprivate var mayBeNoPattern: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text(let text): !text.utf8.contains { "*?[](|".utf8.contains($0) }
            case .wildcard: false
            case .unknown, .directory: true
            }
        }
    }
}
