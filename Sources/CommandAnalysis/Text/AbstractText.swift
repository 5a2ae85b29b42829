public import ShellSyntax

/// What is known of a text that a shell or a program makes: a word's value, an argument, an output.
///
///     "backup-$(date +%F).tar"/*.gz
///
/// is the text `backup-`, an unknown name, the text `.tar/`, a wildcard, and the text `.gz`.
public struct AbstractText: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
        case text(ShellText)
        case unknown(UnknownText)
        /// Stands for what it matches among the names of files.
        case wildcard(Wildcard)
        /// The absolute path of a directory whose place is not known, but what it is.
        case directory(KnownDirectory)
    }

    /// INVARIANT: no text is empty, and no two texts stand side by side.
    public private(set) var pieces: [Piece]

    public static let empty = AbstractText(pieces: [])

    public init(_ text: ShellText) { pieces = text.isEmpty ? [] : [.text(text)] }

    public init(_ unknown: UnknownText) { pieces = [.unknown(unknown)] }

    public init(_ pieces: some Sequence<Piece>) {
        self.pieces = []
        for piece in pieces { append(piece) }
    }

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// The text, where all of it is known.
    public var literal: ShellText? {
        switch pieces.count {
        case 0: ""
        case 1: if case .text(let text) = pieces[0] { text } else { nil }
        default: nil
        }
    }

    /// Whether the text is known, or follows from names of files alone.
    public var hasUnknown: Bool {
        pieces.contains { if case .unknown = $0 { true } else { false } }
    }

    public var hasWildcard: Bool {
        pieces.contains { if case .wildcard = $0 { true } else { false } }
    }

    /// The known text at the start; empty where the text begins with something else.
    public var knownPrefix: ShellText {
        if case .text(let text) = pieces.first { text } else { "" }
    }

    /// The known text of the last component at its end; nil where there is none.
    var knownEnd: ShellText? {
        guard case .text(let text) = pieces.last, text.utf8.last != UInt8(ascii: "/") else {
            return nil
        }
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
        return ShellText(text.utf8[text.utf8.index(after: slash)...])
    }

    public mutating func append(_ piece: Piece) {
        guard case .text(let text) = piece else {
            pieces.append(piece)
            return
        }
        if text.isEmpty { return }
        if case .text(let last) = pieces.last {
            pieces[pieces.count - 1] = .text(ShellText(last.description + text.description))
        } else {
            pieces.append(piece)
        }
    }

    public mutating func append(_ other: AbstractText) {
        if pieces.isEmpty {
            pieces = other.pieces
        } else {
            for piece in other.pieces { append(piece) }
        }
    }

    public static func + (left: AbstractText, right: AbstractText) -> AbstractText {
        var joined = left
        joined.append(right)
        return joined
    }
}

extension [AbstractText] {
    /// All of them with a text between each two.
    func joined(by separator: ShellText) -> AbstractText {
        var joined = AbstractText.empty
        for (index, text) in enumerated() {
            if index > 0 { joined.append(.text(separator)) }
            joined.append(text)
        }
        return joined
    }
}

extension AbstractText: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(ShellText(value)) }
}

/// A directory that is known by what it is.
public enum KnownDirectory: Hashable, Sendable {
    /// Where the command line starts: the home of the login, for an exec.
    case start
    /// The home of an account; nil is that of the one which runs the command.
    case home(ShellText?)
}

/// A text that the command line does not tell, and what is known of it all the same.
public struct UnknownText: Hashable, Sendable {
    /// Which bytes it may hold.
    public enum Shape: UInt8, Hashable, Sendable, CaseIterable {
        /// Digits, at least one: `$?`, `$$`, `$#`, what `nproc` prints.
        case digits
        /// Digits, perhaps behind a minus: what arithmetic gives.
        case integer
        /// At least one of letters, digits and `_.:+@%,=-`; not `.` or `..`, and no `-` first: a
        /// date, a host's name, a hash.
        case name
        /// One or more components of a path below where it stands: not empty, without `..`, not
        /// beginning with `/` or `-`. It may hold blanks and whatever else names of files hold.
        case relativePath
        /// Anything at all, nothing included.
        case text
    }

    /// Where it comes from, for whoever is told why something cannot be decided.
    public enum Origin: Hashable, Sendable {
        /// A variable that the line sets to something unknown, or that may be set in a shell that goes on.
        case variable(ShellText)
        /// A variable that nothing on the line sets: in an exec, none but the host can have set it.
        case environment(ShellText)
        /// What a command prints.
        case output
        /// Where a program is, as the shell finds it.
        case program
        /// What the client sends on standard input.
        case input
        /// What comes over a connection from another host, whatever that is.
        case connection
        /// What a file holds.
        case file
        /// The name of a symbolic link that was looked for.
        case link
        /// The name of a file that may lie behind a link.
        case behindLink
        /// Names of files as a listing prints them: the first of them may begin with a dash.
        case names
        /// Operands that a program adds to the command that it runs.
        case addedOperands
        /// Numbers of processes of these names, as they were looked for.
        case processes([ShellText])
        /// The number of the shell's own process, or of a job that it started.
        case ownProcess
        /// A computation that was not done: it is too large or too unusual.
        case notComputed
    }

    public let shape: Shape
    public let origin: Origin
    /// What stands without any doubt in the words that it is split into: `/` and `@` of `$a/$b@$c`.
    private(set) var writtenTexts: [ShellText] = []

    public init(_ shape: Shape, from origin: Origin) {
        self.shape = shape
        self.origin = origin
    }

    /// The same where these texts stand in its words.
    func having(_ texts: [ShellText]) -> UnknownText {
        var unknown = self
        unknown.writtenTexts = texts
        return unknown
    }
}

/// What a pattern without quotes matches in one component of a path.
public enum Wildcard: Hashable, Sendable {
    /// `*`, and an extended pattern, which is not told apart from it.
    case anyText
    /// `?`
    case anyCharacter
    /// `[a-z]`, `[!x]`
    case oneOf(CharacterSet)

    /// ASCII characters that one place of a pattern matches.
    public struct CharacterSet: Hashable, Sendable {
        private var low: UInt64 = 0
        private var high: UInt64 = 0
        /// Whether it also matches what is not ASCII.
        public var hasOthers = false

        public init() {}

        public mutating func insert(_ byte: UInt8) {
            if byte < 64 {
                low |= 1 << UInt64(byte)
            } else if byte < 128 {
                high |= 1 << UInt64(byte - 64)
            }
        }

        public mutating func invert() {
            low = ~low
            high = ~high
            hasOthers.toggle()
        }

        public func contains(_ byte: UInt8) -> Bool {
            if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
            if byte < 128 { return high >> UInt64(byte - 64) & 1 == 1 }
            return hasOthers
        }
    }
}

/// One argument of a program, or a place in which several may stand.
public enum Argument: Hashable, Sendable {
    case one(AbstractText)
    /// Any number of arguments, none included, each like this: `$x` without quotes, `"$@"`.
    case any(UnknownText)

    public var literal: ShellText? {
        if case .one(let text) = self { text.literal } else { nil }
    }
}
