import ShellSyntax

/// The text that `parallel` makes a command of again and again: with marks, in whose places it puts
/// arguments.
///
/// An argument is quoted for a shell, which makes it one word only where nothing around the mark is
/// quoted, and nothing that reads text otherwise.
struct ParallelTemplate {
    /// What is made of an argument.
    enum Form: Hashable {
        case whole, withoutEnding, base, baseWithoutEnding, directory
    }

    enum Mark: Hashable {
        /// Of all arguments, with blanks between.
        case all(Form)
        /// Of the first argument, the second one and so on; of the last one with -1.
        case one(Int, Form)
        /// The number of the job, or of its place among those that run at a time.
        case number
    }

    fileprivate enum Part {
        case text([UInt8])
        case mark(Mark)
    }

    /// Behind these stand arguments, or files of which each line is one.
    static let sourceMarks: Set<ShellText> = [":::", ":::+", "::::", "::::+"]

    private var parts: [Part] = []

    /// Whether a mark stands in the name of the command: then nothing is quoted.
    let isUnquoted: Bool
    /// Whether each mark stands where a quoted word is one.
    let areWords: Bool

    /// - Parameters:
    ///   - words: The command; it is joined with blanks.
    ///   - appends: Whether the arguments stand behind it where it has no mark.
    init(_ words: [ShellText], appends: Bool) {
        var text: [UInt8] = []
        var rest = Array(words.joined.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"), let (mark, length) = Self.mark(at: rest) {
                if !text.isEmpty { parts.append(.text(text)) }
                text = []
                parts.append(.mark(mark))
                rest = rest.dropFirst(length)
            } else {
                text.append(byte)
                rest.removeFirst()
            }
        }
        let isAdded = appends && !parts.contains(where: \.isMark)
        if isAdded, !text.isEmpty { text.append(0x20) }
        if !text.isEmpty { parts.append(.text(text)) }
        if isAdded { parts.append(.mark(.all(.whole))) }
        isUnquoted = Self.isUnquoted(parts)
        var places = ParallelPlaces()
        for part in parts {
            switch part {
            case .text(let text): for byte in text { places.read(byte) }
            case .mark: places.readMark()
            }
        }
        areWords = places.areWords
    }

    /// Whether only numbers of jobs are put into it.
    var hasOnlyNumbers: Bool {
        parts.allSatisfy { if case .mark(let mark) = $0 { mark == .number } else { true } }
    }

    /// Whether all arguments at once are put into it somewhere.
    var takesAll: Bool {
        parts.contains { if case .mark(.all) = $0 { true } else { false } }
    }

    /// Whether a certain one of the arguments is.
    var takesOne: Bool {
        parts.contains { if case .mark(.one) = $0 { true } else { false } }
    }

    /// Text for a shell.
    struct Command {
        private(set) var text: ShellText = ""
        /// False where older versions quote what is in it in another way, and that counts.
        var isCertain = true

        fileprivate mutating func append(_ other: ShellText) {
            text = ShellText(text.description + other.description)
        }
    }

    // MARK: Marks

    /// Whether a word has braces that are none of the marks which are known here.
    static func hasOtherMarks(_ word: ShellText) -> Bool {
        var rest = Array(word.utf8)[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "{") else {
                rest.removeFirst()
                continue
            }
            guard let (_, length) = mark(at: rest) else { return true }
            rest = rest.dropFirst(length)
        }
        return false
    }

    private static func mark(at text: ArraySlice<UInt8>) -> (Mark, length: Int)? {
        var rest = text.dropFirst()
        if rest.starts(with: "#}".utf8) || rest.starts(with: "%}".utf8) { return (.number, 3) }
        let isFromEnd = rest.first == UInt8(ascii: "-")
        if isFromEnd { rest = rest.dropFirst() }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        let name = rest.prefix { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
        rest = rest.dropFirst(name.count)
        guard rest.first == UInt8(ascii: "}"), !isFromEnd || !digits.isEmpty else { return nil }
        let length = rest.startIndex + 1 - text.startIndex
        let form: Form
        switch ShellText(Array(name)) {
        case "": form = .whole
        case ".": form = .withoutEnding
        case "/": form = .base
        case "//": form = .directory
        case "/.": form = .baseWithoutEnding
        default: return nil
        }
        if digits.isEmpty { return (.all(form), length) }
        // There are not so many arguments.
        let number = Int(String(decoding: digits, as: UTF8.self)) ?? Int.max
        return (.one(isFromEnd ? -number : number, form), length)
    }

    /// As `parallel` tells it: no blank stands before a mark, and no `=`.
    private static func isUnquoted(_ parts: [Part]) -> Bool {
        switch parts.first {
        case .mark: true
        case .text(let text):
            parts.count > 1 && !text.contains { [0x20, 0x09, 0x0A, 0x3D].contains($0) }
        case nil: false
        }
    }

    // MARK: Commands

    /// The command with these arguments, as a shell reads it; nil where what it reads is not known.
    func command(with arguments: [AbstractText]) -> Command? {
        var command = Command()
        for (index, part) in parts.enumerated() {
            switch part {
            case .text(let bytes): command.append(ShellText(bytes))
            case .mark(.number):
                let number = AbstractText(UnknownText(.digits, from: .notComputed))
                command.append(number.quotedWord)
            case .mark(.all(let form)):
                for (place, argument) in arguments.enumerated() {
                    if place > 0 { command.append(" ") }
                    guard add(argument, form, at: index, to: &command) else { return nil }
                }
            case .mark(.one(let number, let form)):
                let place = number < 0 ? arguments.count + number : number - 1
                let argument = arguments.indices.contains(place) ? arguments[place] : .notComputed
                guard add(argument, form, at: index, to: &command) else { return nil }
            }
        }
        return command
    }

    /// Puts an argument into its place; false where a shell may make anything of it.
    private func add(
        _ argument: AbstractText,
        _ form: Form,
        at index: Int,
        to command: inout Command
    ) -> Bool {
        let text = argument.formed(form, beside: neighbours(of: index))
        if isUnquoted, let literal = text.literal {
            command.append(literal)
            return true
        }
        let quoted = text.quotedWord
        if !text.shape.isPlainWord, quoted != text.literal, isUnquoted || !areWords {
            if text.literal == nil { return false }
            command.isCertain = false
        }
        command.append(quoted)
        return true
    }

    private func neighbours(of index: Int) -> Neighbours {
        var neighbours = Neighbours()
        if index > 0, case .text(let before) = parts[index - 1], let last = before.last {
            neighbours.isBelow = last == UInt8(ascii: "/") || last.isLetterOrDigit
            neighbours.areOther = last.isLetterOrDigit
        }
        if index + 1 < parts.count, case .text(let after) = parts[index + 1],
            let next = after.first(where: { $0 != UInt8(ascii: ".") }),
            next.isLetterOrDigit || "_-+=@%,:".utf8.contains(next)
        {
            neighbours.areOther = true
        }
        return neighbours
    }

    /// What stands beside a mark in the same word.
    fileprivate struct Neighbours {
        /// Whether something stands before it, so that it does not begin the word.
        var isBelow = false
        /// Whether letters or digits are part of the same name, which then is neither empty nor `..`.
        var areOther = false
    }
}

extension ParallelTemplate.Part {
    fileprivate var isMark: Bool { if case .mark = self { true } else { false } }
}

// MARK: Forms

extension AbstractText {
    fileprivate func formed(
        _ form: ParallelTemplate.Form,
        beside neighbours: ParallelTemplate.Neighbours
    ) -> AbstractText {
        if form == .whole { return self }
        if let literal, !literal.utf8.contains(0x0A) {
            return AbstractText(ShellText(Array(literal.utf8).formed(form)))
        }
        if form == .withoutEnding, let text = withoutEnding { return text }
        guard pieces.count == 1, case .unknown(let unknown) = pieces[0] else {
            return .below(neighbours)
        }
        let isPath = unknown.shape == .relativePath
        switch (unknown.shape, form) {
        case (.digits, .directory), (.name, .directory): return "."
        case (.digits, _), (.integer, _), (.name, .base): return self
        case (.relativePath, .withoutEnding) where neighbours.areOther:
            // Nothing of it goes but what follows a dot in the last name.
            return self
        case (_, .base), (_, .directory):
            return isPath && neighbours.isBelow ? .relativePath : .below(neighbours)
        case (_, .whole), (_, .withoutEnding), (_, .baseWithoutEnding): return .below(neighbours)
        }
    }

    private static let relativePath = AbstractText(UnknownText(.relativePath, from: .notComputed))

    /// A name without a slash.
    private static func below(_ neighbours: ParallelTemplate.Neighbours) -> AbstractText {
        neighbours.isBelow && neighbours.areOther ? relativePath : .notComputed
    }

    /// Without what follows the last dot of the name, where that is known.
    private var withoutEnding: AbstractText? {
        guard case .text(let last) = pieces.last else { return nil }
        let bytes = Array(last.utf8)
        let kept = bytes.formed(.withoutEnding)
        if kept.count == bytes.count { return nil }
        return AbstractText(pieces.dropLast() + [.text(ShellText(kept))])
    }
}

extension [UInt8] {
    fileprivate func formed(_ form: ParallelTemplate.Form) -> [UInt8] {
        let slash = lastIndex(of: UInt8(ascii: "/"))
        switch form {
        case .whole: return self
        case .base: return slash.map { Array(self[($0 + 1)...]) } ?? self
        case .baseWithoutEnding: return formed(.base).formed(.withoutEnding)
        case .withoutEnding:
            guard let dot = lastIndex(of: UInt8(ascii: ".")), slash.map({ $0 < dot }) ?? true
            else { return self }
            return Array(self[..<dot])
        case .directory:
            guard let slash else { return Array(".".utf8) }
            return slash == 0 ? Array("/".utf8) : Array(self[..<slash])
        }
    }
}
