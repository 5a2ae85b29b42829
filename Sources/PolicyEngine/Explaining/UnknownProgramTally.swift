internal import CommandAnalysis
internal import PlainText
internal import ShellSyntax
internal import StrictYAML

/// Programs that no knowledge is about, counted by use, with a stub for each.
package struct UnknownProgramTally: CommandTally {
    fileprivate struct Use {
        var count = 0
        let example: String
        let principal: String
    }

    private let book: RuleBook
    /// By the key that a knowledge file has for it.
    private var programs: [String: Use] = [:]
    /// Subcommands of programs that are known, in words.
    private var subcommands: [String: Use] = [:]

    package init(by book: RuleBook) { self.book = book }

    /// Looks for unknown programs in a command that was asked about.
    package mutating func add(_ asked: BookComparison.Asked) {
        var counted: Set<String> = []
        for action in book.judge(asked.commandLine, in: asked.situation).actions
        where action.action == .programUnknown || action.isProgramByPath {
            let use = Use(
                example: String(decoding: asked.commandLine, as: UTF8.self)
                    .escapingControls(limit: RefusalTally.maximumShownScalars),
                principal: "\(asked.situation.context.principal)"
            )
            if case .texts(let verbs) = action[.verb] {
                let program = action.context.program?.description ?? "…"
                let name = "\(program) \(verbs.map(\.shown).joined(separator: ", "))"
                guard counted.insert("\(name) ").inserted else { continue }
                subcommands[name, default: use].count += 1
            } else if let name = Self.name(of: action), counted.insert(name).inserted {
                programs[name, default: use].count += 1
            }
        }
    }

    /// An absolute path where one is known, else the base name; nil where no file could name it.
    private static func name(of action: ForeseenAction) -> String? {
        var name = action.context.program
        if case .paths(let paths) = action[.path], paths.count == 1,
            let path = paths[0].literal, path.description.hasPrefix("/")
        {
            name = path
        }
        guard let text = name?.description, !text.isEmpty,
            text.unicodeScalars.allSatisfy({ $0.isASCII && $0 > " " && $0 != "\u{7F}" }),
            !text.contains("*")
        else { return nil }
        return text
    }

    /// A knowledge file with a stub of four lines for each program, the most used first.
    ///
    /// A stub changes nothing before somebody writes what the program does.
    package var lines: [String] {
        var lines: [String] = []
        for (name, use) in Self.sorted(subcommands) {
            lines.append("# \(use.words): \(name.quoted) is a subcommand that is not known")
        }
        guard !programs.isEmpty else { return lines + ["# no program is unknown"] }
        lines += ["knowledge: 1", "programs:"]
        for (name, use) in Self.sorted(programs) {
            var key = JSONWriter()
            key.string(name)
            lines += [
                "  # \(use.words), such as: \(use.example)",
                "  \(String(decoding: key.text, as: UTF8.self)):",
                "    operands: TEXT...",
                "    does: program.unknown",
            ]
        }
        return lines
    }

    private static func sorted(_ uses: [String: Use]) -> [(key: String, value: Use)] {
        uses.sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
    }
}

extension ForeseenAction {
    /// Whether a file runs by its path, rather than a script that a known program reads.
    fileprivate var isProgramByPath: Bool {
        guard action == .codeRun, let program = context.program?.description,
            case .paths(let paths) = self[.path], paths.count == 1, let path = paths[0].literal
        else { return false }
        return path.description.hasPrefix("/")
            && path.description.utf8.suffix(program.utf8.count + 1).elementsEqual(
                "/\(program)".utf8
            )
    }
}

extension UnknownProgramTally.Use {
    fileprivate var words: String { "\(count.counted("use")) by \(principal)" }
}
