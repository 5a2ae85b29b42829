internal import ShellSyntax

/// The commands in a text that `make` reads: recipes, and what `$(shell …)` runs.
///
/// Which of them run depends on the targets, on files and on variables: each may. What else such a text
/// does is not told.
enum MakeCommands {
    /// LIMIT: commands of one text; those behind are not looked at, and the text is code that nobody
    /// reads anyway.
    static let maximum = 256
    /// LIMIT: values of variables that are put into one command, and its bytes with them.
    static let maximumValues = 16
    static let maximumBytes = 1 << 12

    static func commands(in text: ShellText) -> [ShellText] {
        if text.utf8.count > CodeText.maximumLength { return [] }
        var commands: [ShellText] = []
        var variables: [ShellText: [UInt8]] = [:]
        for line in lines(of: text) {
            if commands.count >= maximum { break }
            if line.first == 0x09 {
                add(line.dropFirst(), &commands, variables)
                continue
            }
            if let (name, value) = assignment(line) {
                variables[name] = value
            } else if let semicolon = line.firstIndex(of: UInt8(ascii: ";")),
                line[..<semicolon].contains(UInt8(ascii: ":"))
            {
                add(line[line.index(after: semicolon)...], &commands, variables)
            }
            addShells(line, &commands, variables)
        }
        return commands
    }

    /// The lines, where a backslash at the end joins two of them.
    private static func lines(of text: ShellText) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var joined: [UInt8]?
        for part in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var line = (joined.map { $0 + [0x20] } ?? []) + Array(part)
            if line.last == UInt8(ascii: "\\") {
                line.removeLast()
                joined = line
            } else {
                lines.append(line)
                joined = nil
            }
        }
        if let joined { lines.append(joined) }
        return lines
    }

    private static func add(
        _ recipe: some Collection<UInt8>,
        _ commands: inout [ShellText],
        _ variables: [ShellText: [UInt8]]
    ) {
        let marks = Array("@-+ \t".utf8)
        let command = expanded(Array(recipe.drop { marks.contains($0) }), variables)
        if !command.isEmpty { commands.append(ShellText(command)) }
    }

    /// What `$(shell …)` and `!=` have run.
    private static func addShells(
        _ line: [UInt8],
        _ commands: inout [ShellText],
        _ variables: [ShellText: [UInt8]]
    ) {
        let start = Array("$(shell ".utf8)
        for index in line.indices where line[index...].starts(with: start) {
            if commands.count >= maximum { return }
            let rest = line[(index + start.count)...]
            commands.append(ShellText(expanded(Array(rest.prefix(upToClosing(rest))), variables)))
        }
        if let mark = line.indices.first(where: { line[$0...].starts(with: "!=".utf8) }) {
            commands.append(ShellText(expanded(Array(line[(mark + 2)...]), variables)))
        }
    }

    /// How many bytes stand before the parenthesis that closes.
    private static func upToClosing(_ bytes: ArraySlice<UInt8>) -> Int {
        var depth = 0
        for (count, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                if depth == 0 { return count }
                depth -= 1
            }
        }
        return bytes.count
    }

    /// `NAME = VALUE`, `NAME := VALUE`.
    private static func assignment(_ line: [UInt8]) -> (ShellText, [UInt8])? {
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        var name = line[..<equals]
        while let last = name.last, ":?+ \t".utf8.contains(last) { name.removeLast() }
        guard ShellText(Array(name)).isName else { return nil }
        return (
            ShellText(Array(name)), Array(line[(equals + 1)...].drop { $0 == 0x20 || $0 == 0x09 })
        )
    }

    /// With `$$` for a dollar, and variables for their values; one that the text does not set is empty.
    private static func expanded(_ text: [UInt8], _ variables: [ShellText: [UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        var steps = maximumValues
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "$"), let next = rest.popFirst() else {
                result.append(byte)
                continue
            }
            let closing: UInt8? =
                switch next {
                case UInt8(ascii: "("): UInt8(ascii: ")")
                case UInt8(ascii: "{"): UInt8(ascii: "}")
                default: nil
                }
            if next == UInt8(ascii: "$") {
                result.append(next)
                continue
            }
            var name: [UInt8] = [next]
            if let closing {
                name = Array(rest.prefix { $0 != closing })
                rest = rest.dropFirst(name.count + 1)
            }
            if let value = variables[ShellText(name)], steps > 0,
                rest.count + value.count < maximumBytes
            {
                steps -= 1
                rest = (value + rest)[...]
            }
        }
        return result
    }
}
