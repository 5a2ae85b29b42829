/// What the session's shell said.
struct SessionProbe: Hashable, Sendable {
    /// What came before the mark: of a start-up file, or of something that ran in our place.
    let noise: [UInt8]
    /// Whether the last line came too.
    let isComplete: Bool
    /// Each key with its values in their order.
    private let values: [String: [String]]

    /// Nil where the mark is not there, as a line of its own.
    init?(_ output: [UInt8], _ text: ProbeText) {
        guard let found = MarkedLines(output, begin: text.sessionMark, end: text.sessionEnd) else {
            return nil
        }
        noise = found.noise
        isComplete = found.isComplete
        var values: [String: [String]] = [:]
        for line in found.lines {
            guard let separator = line.firstIndex(of: "=") else { continue }
            let value = String(line[line.index(after: separator)...])
            values[String(line[..<separator]), default: []].append(value)
        }
        self.values = values
    }

    /// Where a key must stand once and does not, its value is nil.
    subscript(key: String) -> String? {
        guard let found = values[key], found.count == 1 else { return nil }
        return found[0]
    }

    func all(_ key: String) -> [String] { values[key] ?? [] }
}

/// What the login shell said.
struct LoginProbe: Hashable, Sendable {
    /// How the login shell knows `exec`.
    enum Exec: Hashable, Sendable {
        case builtin
        /// In the shell's words.
        case shadowed(String)
        case unknown
    }

    let isComplete: Bool
    let exec: Exec
    /// `SHELL`, `PATH` and what runs code.
    let environment: [String: String]
    /// Commands that the shell runs by itself, such as before each other command.
    let traps: [String]
    let shellExists: Bool

    /// Nil where the mark is not there, as a line of its own.
    init?(_ output: [UInt8], _ text: ProbeText) {
        guard let found = MarkedLines(output, begin: text.loginMark, end: text.loginEnd) else {
            return nil
        }
        isComplete = found.isComplete
        var environment: [String: String] = [:]
        var descriptions: [String] = []
        var traps: [String] = []
        for line in found.lines {
            if line.hasPrefix("exec is ") || line.hasPrefix("exec: ") {
                descriptions.append(line)
            } else if line.hasPrefix("trap -- ") {
                traps.append(line)
            } else if let separator = line.firstIndex(of: "="),
                Self.isVariable(line[..<separator])
            {
                // The body of a function may hold such lines too: the environment comes first.
                let name = String(line[..<separator])
                if environment[name] == nil, descriptions.isEmpty {
                    environment[name] = String(line[line.index(after: separator)...])
                }
            }
        }
        self.environment = environment
        self.traps = traps
        shellExists = found.lines.contains("sallyport-shell-exists")
        exec = Self.exec(descriptions)
    }

    private static func isVariable(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { ($0 >= 65 && $0 <= 90) || $0 == UInt8(ascii: "_") }
    }

    /// `exec is a special shell builtin`, `exec is a function`, `exec: \t aliased to …`.
    private static func exec(_ descriptions: [String]) -> Exec {
        for line in descriptions {
            let words = line.lowercased()
            if words.contains("function") || words.contains("alias") { return .shadowed(line) }
            let isBuiltin = ["builtin", "built-in", "reserved word"].contains { words.contains($0) }
            // `exec is /home/deploy/bin/exec` and whatever else a shell might find.
            if !isBuiltin { return .shadowed(line) }
        }
        return descriptions.isEmpty ? .unknown : .builtin
    }
}

/// The lines between two marks, each of which is a line of its own.
private struct MarkedLines {
    let noise: [UInt8]
    let lines: [String]
    let isComplete: Bool

    init?(_ output: [UInt8], begin: String, end: String) {
        let all = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // The last one: what shadows a command may have run it before.
        guard let start = all.lastIndex(where: { Self.isMark($0, begin) }) else { return nil }
        noise = Array(output[..<all[start].startIndex])
        let rest = all[(start + 1)...]
        let stop = rest.firstIndex { Self.isMark($0, end) }
        isComplete = stop != nil
        lines = rest[..<(stop ?? rest.endIndex)].map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isMark(_ line: ArraySlice<UInt8>, _ mark: String) -> Bool {
        line.elementsEqual(mark.utf8)
    }
}
