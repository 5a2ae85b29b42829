import ShellSyntax

// Which processes the numbers stand for that a program prints.

extension Performance {
    /// What it prints, with the names of the processes that are listed there.
    ///
    /// Whatever takes a part of such a list hands the names on: `ps -e | grep auditd | head -1`.
    func naming(
        _ output: AbstractText,
        _ input: AbstractText
    ) throws(AnalysisProblem) -> AbstractText {
        guard output.pieces.count == 1, case .unknown(let unknown) = output.pieces[0],
            unknown.origin == .output, let names = namesOfProcesses(input)
        else { return output }
        guard names.count <= AnalysisLimits.processNames else {
            throw .limit("names of processes", maximum: AnalysisLimits.processNames)
        }
        let shape = keepsNumbers(of: input) ? .digits : unknown.shape
        return AbstractText(UnknownText(shape, from: .processes(names)))
    }

    /// Whether it takes some of a list of numbers, each of them whole.
    private func keepsNumbers(of input: AbstractText) -> Bool {
        guard input.pieces.count == 1, case .unknown(let list) = input.pieces[0],
            list.shape == .digits, let texts = arguments.texts
        else { return false }
        let words = texts.map(\.literal)
        switch program {
        case "head", "tail", "sort", "uniq", "tac":
            return words.allSatisfy { word in
                guard let bytes = word?.utf8 else { return false }
                return bytes.allSatisfy { (0x30...0x39).contains($0) || "-nru".utf8.contains($0) }
            }
        case "awk", "gawk", "mawk":
            return words.count == 1
                && words[0]?.utf8.filter { $0 != 0x20 }.elementsEqual("{print$1}".utf8) == true
        default: return false
        }
    }

    /// The names of what may be in its output; nil where no processes are.
    private func namesOfProcesses(_ input: AbstractText) -> [ShellText]? {
        if let listed = input.processes {
            return Self.filters.contains(program) ? listed + namesInFilter : listed
        }
        if let named = numberFiles { return named }
        guard Self.listings.contains(program) else { return nil }
        if Self.seekers.contains(program) { return namesOfUsers }
        let texts = values(of: .process) + values(of: .unit)
        return texts.compactMap(\.literal).flatMap(\.namesOfProcesses)
    }

    /// The names of the files that it reads, where they are such as hold a number: `/run/nginx.pid`.
    private var numberFiles: [ShellText]? {
        let names = (values(of: .read) + values(of: .path)).compactMap(\.literal?.nameOfNumber)
        return names.isEmpty ? nil : names
    }

    /// Who surely has the files and the ports open that it looks for: whoever the file is called after.
    private var namesOfUsers: [ShellText] {
        arguments.compactMap(\.literal).flatMap { text -> [ShellText] in
            let bytes = text.utf8
            let isRemote = [":22", ":ssh"].contains {
                bytes.suffix($0.utf8.count).elementsEqual($0.utf8)
            }
            if isRemote || text == "22/tcp" || text == "ssh/tcp" { return ["sshd"] }
            if bytes.first == UInt8(ascii: "-") { return [] }
            let names = text.namesOfProcesses
            let stems = names.map { ShellText(Array($0.utf8.prefix { $0 != UInt8(ascii: ".") })) }
            return names + stems
        }
    }

    /// A text for a shell that code makes of a list of processes, with the numbers of these in it:
    /// `ps aux | awk '/nginx/ {system("kill " $2)}'`.
    ///
    /// What is taken of the list may be anything else as well, and so the text without them counts, too.
    func naming(_ text: AbstractText, from input: AbstractText) -> AbstractText? {
        guard text.hasUnknown, let listed = input.processes else { return nil }
        let names = Array((listed + namesInFilter).prefix(AnalysisLimits.processNames))
        let number = AbstractText.Piece.unknown(UnknownText(.digits, from: .processes(names)))
        return AbstractText(
            text.pieces.map { if case .unknown = $0 { number } else { $0 } }
        )
    }

    /// Which processes are meant: these, and by their names those of which the numbers are.
    func processes(_ texts: [AbstractText]) -> [AbstractText]? {
        var names: [ShellText] = []
        for text in texts {
            // A number may be another process's by now.
            names += text.processes ?? text.literal?.namesOfProcesses ?? []
        }
        names += numberFiles ?? []
        if Self.seekers.contains(program) { names += namesOfUsers }
        if program == "start-stop-daemon" {
            names += values(of: .program).compactMap(\.literal).flatMap(\.namesOfProcesses)
        }
        let others = names.map { AbstractText($0) }.filter { !texts.contains($0) }
        return texts.isEmpty && others.isEmpty ? nil : texts + others
    }

    /// What a pattern or a program of its own asks of the lines that it lets through; what is left out
    /// names nothing.
    var namesInFilter: [ShellText] {
        var names: [ShellText] = []
        for argument in arguments {
            guard let text = argument.literal else { continue }
            let bytes = text.utf8
            if bytes.first == UInt8(ascii: "-") {
                if bytes.dropFirst().first != UInt8(ascii: "-"), bytes.contains(UInt8(ascii: "v")),
                    Self.finders.contains(program)
                {
                    return []
                }
                if text == "--invert-match" { return [] }
                continue
            }
            if Self.finders.contains(program) {
                names += text.namesOfProcesses
            } else if !bytes.contains(UInt8(ascii: "!")) {
                names += text.wordsOfCode
            }
        }
        return names
    }

    private static let listings: NameSet = [
        "ps", "pgrep", "pidof", "pstree", "top", "lsof", "fuser", "ss", "netstat", "systemctl",
        "service",
    ]
    /// They look for whoever has something open.
    private static let seekers: NameSet = ["lsof", "fuser"]
    private static let finders: NameSet = ["grep", "egrep", "fgrep", "rg", "ag", "ack"]
    private static let filters: NameSet = [
        "grep", "egrep", "fgrep", "rg", "ag", "ack", "awk", "gawk", "mawk", "nawk", "sed", "perl",
    ]
}

extension AbstractText {
    /// The names of the processes that are listed in it; nil where it is no such list.
    var processes: [ShellText]? {
        guard case .unknown(let unknown)? = pieces.last, case .processes(let names) = unknown.origin
        else { return nil }
        return names
    }
}

extension AbstractText {
    /// A list of numbers of processes, where it is one of which names are known.
    var asProcesses: UnknownText? {
        guard pieces.count == 1, case .unknown(let unknown) = pieces[0],
            case .processes(let names) = unknown.origin, !names.isEmpty
        else { return nil }
        return unknown
    }
}

extension ShellText {
    /// What a file with the number of a process is called but for its ending.
    var nameOfNumber: ShellText? {
        guard utf8.count > 4, utf8.suffix(4).elementsEqual(".pid".utf8) else { return nil }
        let path = utf8.dropLast(4)
        let slash = path.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { path[path.index(after: $0)...] } ?? path
        return name.isEmpty ? nil : ShellText(Array(name))
    }

    /// Which processes a name or a pattern means: `/usr/sbin/auditd`, `[a]uditd`, `^auditd$`.
    var namesOfProcesses: [ShellText] {
        var names: [ShellText] = []
        for part in utf8.split(whereSeparator: { "|,".utf8.contains($0) }) {
            // What stands behind a blank is said to the program.
            let word = part.split(separator: 0x20).first ?? []
            let name = word.split(separator: UInt8(ascii: "/")).last ?? []
            let plain = name.filter { !"[]()\\^$\"'+?{}".utf8.contains($0) }
            for piece in plain.split(separator: UInt8(ascii: "*")) {
                let text = piece.last == UInt8(ascii: ".") ? piece.dropLast() : piece
                if text.contains(where: { !(0x30...0x39).contains($0) }) {
                    names.append(ShellText(Array(text)))
                }
            }
        }
        return names
    }

    /// The words of a short program, which may be names.
    var wordsOfCode: [ShellText] {
        let plain = utf8.filter { !"[]\\".utf8.contains($0) }
        let words = plain.split { !($0.isLetterOrDigit || $0 == 0x5F || $0 == 0x2D) }
        return words.filter { word in
            word.count > 3 && word.contains { !(0x30...0x39).contains($0) }
        }
        .map { ShellText(Array($0)) }
    }
}
