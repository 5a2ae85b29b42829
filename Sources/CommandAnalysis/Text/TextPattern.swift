public import ShellSyntax

/// A text that is not known whole, made ready to be held against many patterns.
struct TextSubject {
    /// All that it may be.
    let language: GlobLanguage
    /// One of the shortest of that.
    let shortest: GlobLanguage
    let isTooLong: Bool
    let beginsUnknown: Bool

    init(_ text: AbstractText) {
        let tokens = GlobTokens.name(text)
        language = GlobLanguage(tokens.tokens)
        shortest = language.shortest
        isTooLong = tokens.size > PathForm.maximumBytes
        beginsUnknown = if case .unknown = text.pieces.first { true } else { false }
    }
}

/// A set of names as rules write it: `nginx`, `web-*`, `db[0-9]`.
///
/// `*` is any text, nothing included; everything counts byte for byte.
///
/// An object, because each rule that is asked holds its patterns against a name.
public final class TextPattern: Hashable, Sendable {
    public let text: AbstractText
    /// The text, where the set has only that one.
    public let literal: ShellText?

    private let machine: GlobMachine
    /// How each of them begins and ends, which is asked first.
    private let start: [UInt8]
    private let end: [UInt8]

    public init(_ text: ShellText) throws(PathPatternError) {
        var reader = GlobReader(Array(text.utf8))
        let text = try reader.read()
        guard let machine = GlobMachine(GlobTokens.name(text).tokens) else { throw .tooLong }
        self.text = text
        literal = text.literal
        self.machine = machine
        start = Array(text.knownPrefix.utf8)
        if case .text(let last)? = text.pieces.last { end = Array(last.utf8) } else { end = [] }
    }

    /// Whether a text is in the set.
    public func match(_ subject: AbstractText) -> PatternMatch {
        if let subject = subject.literal { return match(subject) ? .yes : .no }
        return match(TextSubject(subject))
    }

    /// Whether a text that is not known whole is in the set.
    func match(_ subject: TextSubject) -> PatternMatch {
        if subject.isTooLong { return .perhaps }
        guard machine.meets(subject.language) else { return .no }
        if machine.holds(subject.language, shortest: subject.shortest) { return .yes }
        return subject.beginsUnknown ? .unknown : .perhaps
    }

    /// Whether a text is in the set.
    public func match(_ subject: ShellText) -> Bool {
        if let literal { return literal == subject }
        guard subject.begins(with: start), subject.ends(with: end) else { return false }
        return machine.meets(GlobLanguage(subject.utf8))
    }

    // The machine follows from the text.
    public static func == (left: TextPattern, right: TextPattern) -> Bool {
        left === right || left.text == right.text
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
