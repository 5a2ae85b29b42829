import ShellSyntax

// The commands of SQLite's shell: a dot at the beginning of a line.

extension SQLReader {
    private enum DotCommand: Hashable {
        case harmless, shell, script, output, `import`, writesLast, restore, loads, opens,
            writesFirst
        case unknown
    }

    mutating func readDotCommand(at token: SQLToken) -> Bool {
        let line = takeRestOfLine()
        let arguments = text.arguments(line)
        guard let first = arguments.first else {
            addUnreadable(at: token.range)
            return true
        }
        let name = first.text.literal?.description.lowercased() ?? ""
        let rest = text.trimmed(first.range.upperBound..<line.upperBound)
        let operands = arguments.dropFirst().map(\.text)
        let commands = candidates(name)
        for command in commands {
            let limit: Certainty = commands.count > 1 ? .possible : .certain
            run(command, operands, rest, at: token.range, limit)
        }
        return true
    }

    /// What a name means; it may be cut short as long as it is a beginning.
    private func candidates(_ name: String) -> [DotCommand] {
        guard !name.isEmpty else { return [.unknown] }
        if let exact = Self.dotCommands[name] { return [exact] }
        let kinds = Self.dotCommands.filter { $0.key.hasPrefix(name) }.map(\.value)
        return kinds.isEmpty ? [.unknown] : Array(Set(kinds))
    }

    private mutating func run(
        _ command: DotCommand,
        _ operands: [AbstractText],
        _ rest: Range<Int>,
        at place: Range<Int>,
        _ limit: Certainty
    ) {
        let files = operands.filter { $0.knownPrefix.utf8.first != 0x2D }
        switch command {
        case .harmless: addReading("sqlite3", at: place)
        case .shell: addCommand(.shell(text.abstract(rest)), at: rest, limit)
        case .script:
            let file = files.first ?? .notComputed
            if file.knownPrefix.utf8.first == 0x7C { addOutput(file, at: place, limit) }
            addScript(file, at: place)
        case .output:
            addOutput(files.first ?? .empty, at: place, limit)
            // `-e` and `-x` open an editor or a spreadsheet.
            if files.count < operands.count {
                addCommand(.action(.codeRun, []), at: place, .possible)
            }
            addReading("sqlite3", at: place)
        case .import:
            let file = files.first ?? .notComputed
            let isPipe = file.knownPrefix.utf8.first == 0x7C
            addCommand(isPipe ? .shell(file.droppingFirst(1)) : .readFile(file), at: place, limit)
            addClientAction(.databaseWrite, "import", bounded: true, at: place, limit)
        case .writesLast:
            addCommand(.writeFile(files.last ?? .notComputed), at: place, limit)
            addReading("backup", at: place)
        case .writesFirst:
            if let file = files.first { addCommand(.writeFile(file), at: place, limit) }
            addReading("sqlite3", at: place)
        case .restore:
            addCommand(.readFile(files.last ?? .notComputed), at: place, limit)
            addClientAction(.databaseWrite, "restore", bounded: false, at: place, limit)
        case .loads:
            addCommand(.readFile(files.first ?? .notComputed), at: place, limit)
            addCommand(.action(.codeRun, []), at: place, limit)
        case .opens:
            let isNew = operands.contains {
                $0.literal.map { $0 == "--new" || $0 == "-new" } ?? true
            }
            guard let file = files.last else { return addReading("sqlite3", at: place) }
            addCommand(.readFile(file), at: place, limit)
            addCommand(.writeFile(file), at: place, isNew ? limit : .possible)
        case .unknown: addUnreadable(at: place)
        }
    }

    private static let dotCommands: [String: DotCommand] = {
        let rows: [(DotCommand, String)] = [
            (
                .harmless,
                """
                auth bail binary changes check connection crlf crnl databases dbconfig dbinfo \
                dbtotxt dump echo eqp exit expert explain filectrl fullschema headers help indexes \
                indices intck limit lint mode nonce nullvalue print progress prompt quit \
                recover schema scanstats separator sha3sum show stats tables testcase timeout timer \
                vfsinfo vfslist vfsname version width
                """
            ),
            (.shell, "shell system"), (.script, "read"), (.output, "output once excel www"),
            (.import, "import"), (.writesLast, "backup save clone"), (.restore, "restore"),
            (.loads, "load"), (.opens, "open"), (.writesFirst, "log trace iotrace"),
            (.unknown, "archive ar cd parameter imposter testctrl selftest session unmodule"),
        ]
        var table: [String: DotCommand] = [:]
        for (command, names) in rows {
            for name in names.split(separator: " ") { table[String(name)] = command }
        }
        return table
    }()
}
