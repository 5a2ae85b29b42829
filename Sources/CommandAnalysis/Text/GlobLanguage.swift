/// All that an abstract text may become, made ready to be held against many patterns.
///
/// An object, because it is handed to hundreds of them.
final class GlobLanguage: Sendable {
    /// The parts of all that it may be; of a text alone they are made when somebody asks.
    var tokens: [GlobToken] {
        if let literal { literal.isEmpty ? [] : [.text(literal)] } else { parts }
    }
    private let parts: [GlobToken]
    /// Every byte that one of its texts may have in it.
    let bytes: ByteSet
    /// Whether no byte that is not written can be a slash, but for those before components.
    let staysInNames: Bool
    /// Whether any text at all is one of them.
    let isEverything: Bool
    /// Whether it surely has more texts than one.
    let isEndless: Bool
    /// The only text that is in it; nil where there are others.
    let literal: [UInt8]?
    var isLiteral: Bool { literal != nil }
    /// What all of its texts begin with.
    var beginning: [UInt8] {
        if let literal { return literal }
        if case .text(let bytes) = parts.first { return bytes }
        return []
    }

    init(_ tokens: [GlobToken]) {
        parts = tokens
        var bytes = ByteSet.empty
        var isLiteral = true
        var isEndless = false
        var staysInNames = true
        for token in tokens {
            switch token {
            case .text(let text):
                for byte in text { bytes.insert(byte) }
                continue
            case .one(let more):
                bytes.formUnion(more)
                staysInNames = staysInNames && !more.contains(UInt8(ascii: "/"))
            case .many(let more), .visible(let more):
                bytes.formUnion(more)
                staysInNames = staysInNames && !more.contains(UInt8(ascii: "/"))
                isEndless = isEndless || !more.isEmpty
            case .below:
                bytes = .all
                isEndless = true
            }
            isLiteral = false
        }
        self.bytes = bytes
        self.isEndless = isEndless
        self.staysInNames = staysInNames
        if !isLiteral {
            literal = nil
        } else if case .text(let text) = tokens.first, tokens.count == 1 {
            literal = text
        } else {
            literal = tokens.reduce(into: []) { literal, token in
                if case .text(let text) = token { literal += text }
            }
        }
        if case .many(let first) = tokens.first, first == .all {
            isEverything = tokens.dropFirst().allSatisfy(\.mayBeEmpty)
        } else {
            isEverything = false
        }
    }

    /// Of one text alone.
    init(_ text: some Collection<UInt8>) {
        let literal = Array(text)
        self.literal = literal
        parts = []
        isEndless = false
        staysInNames = true
        bytes = literal.reduce(into: .empty) { $0.insert($1) }
        isEverything = false
    }

    /// One of its texts, none of the others being shorter.
    var shortest: GlobLanguage {
        isLiteral ? self : GlobLanguage(tokens.map(\.shortest))
    }
}

extension GlobToken {
    fileprivate var mayBeEmpty: Bool {
        switch self {
        case .text(let bytes): bytes.isEmpty
        case .one: false
        case .many, .visible, .below: true
        }
    }

    /// The shortest of its texts, or one of them.
    fileprivate var shortest: GlobToken {
        switch self {
        case .text: self
        case .one(let bytes): bytes.first.map { .one(ByteSet($0)) } ?? self
        case .many, .visible, .below: .text([])
        }
    }
}
