import ShellSyntax

/// The arguments of a built-in, read as bash reads them: short options first, then operands.
struct BuiltinArguments {
    /// An option, with its value where it has one.
    struct Option {
        let letter: UInt8
        let value: AbstractText?
    }

    private(set) var options: [Option] = []
    private(set) var operands: [Argument] = []
    /// False where an argument in the place of an option is not known: it may be any of them.
    private(set) var areOptionsKnown = true

    /// - Parameters:
    ///   - arguments: What stands behind the name of the built-in.
    ///   - letters: The options that have a value, which is attached or comes next.
    init(_ arguments: [Argument], valued letters: String) {
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            guard let word = argument.literal else {
                if !argument.isNoOption { areOptionsKnown = false }
                break
            }
            guard word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 else { break }
            index += 1
            if word == "--" { break }
            var rest = Array(word.utf8.dropFirst())[...]
            while let letter = rest.popFirst() {
                guard letters.utf8.contains(letter) else {
                    options.append(Option(letter: letter, value: nil))
                    continue
                }
                if rest.isEmpty {
                    let next = index < arguments.count ? arguments[index].text : .empty
                    options.append(Option(letter: letter, value: next))
                    index += 1
                } else {
                    options.append(Option(letter: letter, value: AbstractText(ShellText(rest))))
                }
                break
            }
        }
        if index < arguments.count { operands = Array(arguments[index...]) }
    }

    func has(_ letter: Character) -> Bool {
        options.contains { $0.letter == letter.asciiValue }
    }

    /// The values of an option, in their order.
    func values(of letter: Character) -> [AbstractText] {
        options.filter { $0.letter == letter.asciiValue }.compactMap(\.value)
    }

    /// Whether it has no options but these, and all are known.
    func hasOnly(_ letters: String) -> Bool {
        areOptionsKnown && options.allSatisfy { letters.utf8.contains($0.letter) }
    }

    /// `fc -l`, unless `-s` is among them, which runs a line again.
    var isListing: Bool { has("l") && hasOnly("lnr") }
}
