internal import ShellSyntax

// What a variable makes a program run.

extension VariablePattern {
    /// Whether no value matters.
    var isHarmlessAlways: Bool { value == .text }

    /// Whether the value makes nothing run that does anything: `PAGER=cat`, `EDITOR=true`.
    func isHarmless(_ value: AbstractText) -> Bool {
        switch self.value {
        case .text: return true
        case .shell, .words, .program:
            // A prompt without anything to expand.
            if isPrompt, let literal = value.literal, !literal.hasCodedCharacters {
                return !literal.utf8.contains(UInt8(ascii: "$"))
                    && !literal.utf8.contains(UInt8(ascii: "`"))
            }
            return switch value.literal {
            case "cat", "true", ":", "more", "less", "less -R", "less -F", "less -FRX", "/bin/true",
                "/usr/bin/true", "false", "/bin/false", "/bin/cat", "/usr/bin/cat", "echo", "-":
                true
            case _?, nil: false
            }
        default: return false
        }
    }

    /// What a program runs that looks at the variable.
    enum Command {
        /// Expanded, and then shown.
        case prompt(AbstractText)
        /// Read by a shell.
        case text(AbstractText)
        /// A program and its arguments.
        case words([Argument])
    }

    /// What the command reads.
    enum Input {
        /// What its program reads: an editor.
        case same
        /// What its program prints: a pager.
        case output
        /// A protocol in which nothing is a command: a remote shell.
        case nothing
    }

    var input: Input {
        if name.description.contains("PAGER") || name.utf8.starts(with: "LESS".utf8) {
            return .output
        }
        return name.description.contains("SSH") || name.description.contains("RSH")
            ? .nothing : .same
    }

    /// What the value makes run; nil where nobody can tell.
    func command(in value: AbstractText) -> Command? {
        guard let literal = value.literal else { return nil }
        switch self.value {
        case .shell where isPrompt: return literal.hasCodedCharacters ? nil : .prompt(value)
        case .shell:
            // `|lesspipe %s`: a bar says that the output is wanted.
            let text = literal.utf8.drop { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") }
            return .text(AbstractText(ShellText(Array(text))) + " " + Self.file)
        case .words:
            let words = literal.utf8.split(separator: 0x20).map {
                Argument.one(AbstractText(ShellText(Array($0))))
            }
            return .words(words + [.one(Self.file)])
        default: return nil
        }
    }

    /// Stands for what the program adds: the file to be edited, the host to connect to.
    private static let file: AbstractText = "__added_operand__"

    private var isPrompt: Bool { name.utf8.starts(with: "PS".utf8) }
}

extension ShellText {
    /// Whether a prompt would make other characters of some of it: `\044` is a dollar.
    fileprivate var hasCodedCharacters: Bool {
        zip(utf8, utf8.dropFirst()).contains { first, second in
            first == UInt8(ascii: "\\") && (0x30...0x39).contains(second)
        }
    }
}
