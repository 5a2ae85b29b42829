import ShellSyntax

/// The arguments of `find`, read.
struct FindExpression {
    struct Command {
        let arguments: [Argument]
        let isInDirectory: Bool
    }

    private(set) var starts: [AbstractText] = []
    private(set) var commands: [Command] = []
    private(set) var written: [AbstractText] = []
    private(set) var read: [AbstractText] = []
    private(set) var deletes = false
    private(set) var isUncertain = false
    private(set) var isHelp = false
    /// Whether more is printed than what was found.
    private(set) var printsOtherwise = false
    /// Whether the starting points themselves are not among what is found.
    private(set) var passesStart = false
    /// Whether only some of what is below is meant.
    private(set) var selects = false
    /// The pattern of the names that are found, where there is one.
    private var name: AbstractText?
    private var isAnchored = true
    /// Whether a test asks for certain files, wherever they are: then a start-up file may be meant.
    private var isPicky = false
    private var isNegated = false

    init(_ arguments: [Argument]) {
        var rest = arguments[...]
        takeStarts(&rest)
        while let argument = rest.popFirst() { take(argument, &rest) }
        if starts.isEmpty { starts = ["."] }
    }

    /// What the expression finds: the starting points and all below, or only what is below, and
    /// there only what has the name that is asked for.
    var found: [AbstractText] {
        let below = AbstractText(UnknownText(isPicky ? .text : .relativePath, from: .file))
        guard passesStart else {
            return isPicky ? starts + starts.map { $0 + "/" + below } : starts
        }
        return starts.flatMap { start -> [AbstractText] in
            let folder = start.literal == "/" ? start : start + "/"
            guard let name else { return [folder + below] }
            let hidden = name.hiddenName.map { [folder + $0] } ?? []
            return [folder + name, folder + below + "/" + name] + hidden
        }
    }

    /// What is put in the place of `{}`: each of the names, of which nobody knows what is in them.
    var handed: [AbstractText] {
        if passesStart || isPicky { return found }
        let below = AbstractText(UnknownText(.relativePath, from: .file))
        return starts + starts.map { $0 + "/" + below }
    }

    private mutating func takeStarts(_ rest: inout ArraySlice<Argument>) {
        while let argument = rest.first {
            guard case .one(let text) = argument else {
                isUncertain = true
                starts.append(argument.text)
                rest.removeFirst()
                continue
            }
            switch text.literal {
            case "-H", "-L", "-P", "-E", "-X", "-x", "-d", "-s": rest.removeFirst()
            case "-D", "-O", "-f":
                rest.removeFirst()
                if text.literal == "-f", let file = rest.first { starts.append(file.text) }
                _ = rest.popFirst()
            case "--": rest.removeFirst()
            default:
                let first = text.knownPrefix.utf8.first
                let isExpression =
                    first == UInt8(ascii: "-") || text.literal == "("
                    || text.literal == "!" || text.literal == ")" || text.literal == ","
                if isExpression { return }
                if !text.isNoOption, first == nil, !text.hasWildcard { isUncertain = true }
                starts.append(text)
                rest.removeFirst()
            }
        }
    }

    private mutating func take(_ argument: Argument, _ rest: inout ArraySlice<Argument>) {
        guard let word = argument.literal else {
            isUncertain = true
            return
        }
        noteChoice(word, rest)
        if !Self.ofAll.contains(word) { selects = true }
        switch word {
        case "-exec", "-ok":
            takeCommand(isInDirectory: false, &rest)
            printsOtherwise = true
        case "-execdir", "-okdir":
            takeCommand(isInDirectory: true, &rest)
            printsOtherwise = true
        case "-delete": deletes = true
        case "-fprint", "-fprint0", "-fls": takeFile(&rest)
        case "-ls": printsOtherwise = true
        case "-printf":
            let format = rest.popFirst()?.literal
            if format != "%p\\n", format != "%p\\0" { printsOtherwise = true }
        case "-fprintf":
            takeFile(&rest)
            _ = rest.popFirst()
        case "-files0-from", "-samefile", "-newer", "-anewer", "-cnewer":
            if let file = rest.popFirst() { read.append(file.text) }
            if word == "-files0-from" { isUncertain = true }
        case "-mindepth":
            if let depth = rest.popFirst()?.text.number, depth > 0 { passesStart = true }
        case "-name", "-iname":
            // The pattern could still be that of a starting point.
            let pattern = rest.popFirst()?.text
            if let pattern, startsDiffer(from: pattern) { passesStart = true }
            if word == "-name", let pattern, pattern.literal != nil {
                name = PatternReader.read([.init(text: pattern, isActive: true)])
            }
        case "-type", "-xtype":
            if rest.popFirst()?.literal.map({ !$0.utf8.contains(UInt8(ascii: "d")) }) == true {
                passesStart = true
            }
        case "-o", "-or", ",", "!", "-not", "(", ")": isAnchored = false
        case "-help", "--help", "-version", "--version": isHelp = true
        default:
            if Self.withValue.contains(word) || word.utf8.starts(with: "-newer".utf8) {
                _ = rest.popFirst()
            } else if !Self.plain.contains(word) {
                isUncertain = true
            }
        }
        // With alternatives and negations, a test may not hold for what is done.
        if !isAnchored {
            passesStart = false
            name = nil
        }
    }

    /// Notes whether a test picks out files by where they are, or by a name in any case.
    private mutating func noteChoice(_ word: ShellText, _ rest: ArraySlice<Argument>) {
        let isNegated = self.isNegated
        self.isNegated = word == "!" || word == "-not"
        switch word {
        case "-path", "-wholename", "-ipath", "-iwholename", "-regex", "-iregex", "-lname",
            "-ilname":
            // `-path ./.git -prune` passes it by.
            if !isNegated, rest.dropFirst().first?.literal != "-prune" { isPicky = true }
        case "-samefile", "-inum": isPicky = true
        case "-iname":
            // `*.JPG` is a kind of files.
            let isKind =
                rest.first?.literal.map {
                    $0.utf8.starts(with: "*.".utf8) && $0.utf8.count <= 6
                } ?? false
            if !isKind, !isNegated { isPicky = true }
        default: return
        }
    }

    /// Whether no starting point has a name that the pattern matches.
    private func startsDiffer(from pattern: AbstractText) -> Bool {
        guard let matcher = ShellPattern(PatternReader.read([.init(text: pattern, isActive: true)]))
        else { return false }
        let starts = starts.isEmpty ? [AbstractText(".")] : starts
        return starts.allSatisfy { start in
            guard let literal = start.literal else { return false }
            var name = Array(literal.utf8)
            while name.count > 1, name.last == UInt8(ascii: "/") { name.removeLast() }
            if let slash = name.lastIndex(of: UInt8(ascii: "/")), name.count > 1 {
                name.removeFirst(slash + 1)
            }
            return !matcher.matches(name)
        }
    }

    private mutating func takeFile(_ rest: inout ArraySlice<Argument>) {
        if let file = rest.popFirst() { written.append(file.text) }
    }

    private mutating func takeCommand(isInDirectory: Bool, _ rest: inout ArraySlice<Argument>) {
        var command: [Argument] = []
        while let argument = rest.popFirst() {
            if argument.literal == ";" { break }
            if argument.literal == "+", command.last?.literal == "{}" { break }
            command.append(argument)
        }
        commands.append(Command(arguments: command, isInDirectory: isInDirectory))
    }

    /// What leaves nothing out, down to the bottom.
    private static let ofAll: Set<ShellText> = [
        "-delete", "-depth", "-d", "-mindepth", "-print", "-print0", "-xdev", "-mount", "-a",
        "-and",
        "-daystart", "-ignore_readdir_race", "-noignore_readdir_race", "-noleaf", "-warn",
        "-nowarn",
        "-true", "-ls", "-follow",
    ]

    private static let withValue: Set<ShellText> = [
        "-amin", "-atime", "-cmin", "-ctime", "-context", "-fstype", "-gid", "-group", "-ilname",
        "-inum", "-ipath", "-iregex", "-iwholename", "-links", "-lname", "-maxdepth", "-mmin",
        "-mtime", "-path", "-perm", "-printf", "-regex", "-regextype", "-size", "-uid", "-used",
        "-user", "-wholename", "-Bmin", "-Btime", "-flags",
    ]

    private static let plain: Set<ShellText> = [
        "-a", "-and", "-daystart", "-depth", "-d", "-empty", "-executable", "-false", "-follow",
        "-ignore_readdir_race", "-ls", "-mount", "-nogroup", "-noignore_readdir_race", "-noleaf",
        "-nouser", "-nowarn", "-print", "-print0", "-prune", "-quit", "-readable", "-true", "-warn",
        "-writable", "-xdev", "-o", "-or", ",", "!", "-not", "(", ")",
    ]
}

extension AbstractText {
    /// The names with a leading dot that a pattern of `find` matches and that of a shell does not; nil
    /// for a kind of files, `*.o`, whose hidden ones nobody means, but for the one without a name.
    fileprivate var hiddenName: AbstractText? {
        guard pieces.first == .wildcard(.anyText), pieces.count > 1 else { return nil }
        if case .text(let text) = pieces[1], text.utf8.first == UInt8(ascii: ".") {
            return AbstractText(pieces.dropFirst())
        }
        return "." + self
    }
}
