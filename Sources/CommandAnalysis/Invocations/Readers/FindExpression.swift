import ShellSyntax

/// The arguments of `find`, read.
struct FindExpression {
    struct Command {
        let arguments: [Argument]
        let isInDirectory: Bool
        /// Whether each run is asked about first: `-ok`.
        let isAsked: Bool
        /// What holds of the files that it is run for.
        let selection: FindSelection
    }

    private(set) var starts: [AbstractText] = []
    private(set) var commands: [Command] = []
    private(set) var written: [AbstractText] = []
    private(set) var read: [AbstractText] = []
    /// What holds of the files that are deleted, for each `-delete`.
    private(set) var deletions: [FindSelection] = []
    private(set) var isUncertain = false
    private(set) var isHelp = false
    /// Whether more is printed than what was found.
    private(set) var printsOtherwise = false
    /// Whether `-mindepth` leaves the starting points out, and nothing else tells files apart.
    private var hasDepth = false
    /// Whether only some of what is below is meant.
    private(set) var selects = false
    /// Whether what is found may lie behind links: `-L`.
    private(set) var followsLinks = false
    /// What the tests so far say.
    private(set) var tests = FindTests()
    /// Whether a test asks for certain files, wherever they are: then a start-up file may be meant.
    private var isPicky: Bool { asksForNames || asksForNumbers }
    /// Whether it does so by what they are called.
    private var asksForNames = false
    /// Whether it does so by what says nothing of their names.
    private var asksForNumbers = false
    private var isNegated = false
    /// Whether each argument so far is one word that is known, or begins with known text.
    private var isSure = true

    init(_ arguments: [Argument]) {
        var rest = arguments[...]
        takeStarts(&rest)
        while let argument = rest.popFirst() { take(argument, &rest) }
        if starts.isEmpty { starts = ["."] }
    }

    /// Whether the starting points themselves are not among these files.
    func passesStart(_ selection: FindSelection) -> Bool { hasDepth || selection.passesStart }

    /// What is found of a selection: the starting points and all below, or only what is below, and
    /// there only what has one of the names that are asked for.
    func found(_ selection: FindSelection) -> [AbstractText] {
        guard passesStart(selection) else {
            return isPicky ? starts + starts.map { $0 + "/" + below($0, selection) } : starts
        }
        return starts.flatMap { start -> [AbstractText] in
            let folder = start.literal == "/" ? start : start + "/"
            guard let names = selection.names else { return [folder + below(start, selection)] }
            return names.flatMap { name in
                let hidden = name.hiddenName.map { [folder + $0] } ?? []
                return [folder + name, folder + below(start, selection) + "/" + name] + hidden
            }
        }
    }

    /// The first number of an account or a group that no system has from the beginning.
    private static let dynamicAccounts = 100

    /// What is put in the place of `{}`: each of the names, of which nobody knows what is in them.
    func handed(_ command: Command) -> [AbstractText] {
        if command.selection.isOfOwner, command.changesOwner, !followsLinks {
            // Files of a service, or of somebody, wherever they are, and none of the system's.
            return [AbstractText(UnknownText(.text, from: .file))]
        }
        if passesStart(command.selection) || isPicky { return found(command.selection) }
        return starts + starts.map { $0 + "/" + fileBelow(command.selection) }
    }

    /// What is below a starting point: never what `..` leads to.
    ///
    /// Where the line starts, a test that asks for certain files may ask for a start-up file.
    private func below(_ start: AbstractText, _ selection: FindSelection) -> AbstractText {
        let isElsewhere = start.knownPrefix.utf8.first == UInt8(ascii: "/")
        guard isPicky, !isElsewhere else {
            return fileBelow(selection)
        }
        // A number tells no more of a name than `./$x` does.
        let isHidden = !asksForNames && start.literal == "."
        return AbstractText(UnknownText(.text, from: isHidden ? .notComputed : .file))
    }

    private mutating func takeStarts(_ rest: inout ArraySlice<Argument>) {
        while let argument = rest.first {
            guard case .one(let text) = argument else {
                isUncertain = true
                isSure = false
                starts.append(argument.text)
                rest.removeFirst()
                continue
            }
            switch text.literal {
            case "-H", "-L", "-P", "-E", "-X", "-x", "-d", "-s":
                if text.literal == "-L" { followsLinks = true }
                rest.removeFirst()
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
                if first == nil { isSure = false }
                starts.append(text)
                rest.removeFirst()
            }
        }
    }

    private mutating func take(_ argument: Argument, _ rest: inout ArraySlice<Argument>) {
        guard let word = argument.literal else {
            isUncertain = true
            isSure = false
            // It may be `-o`, unless nobody but the host can have said so.
            if !argument.text.isNoOption { tests.forget() }
            return
        }
        if isUnknownPredicate(word) {
            // It fails before it looks at anything; only files to write are opened already.
            commands = []
            deletions = []
            rest = []
            return
        }
        noteChoice(word, rest)
        if tests.takeOperator(word) {
            // What is left out, or chosen, may be most of the tree: then all of it is meant.
            hasDepth = false
            return
        }
        if !Self.ofAll.contains(word) { selects = true }
        switch word {
        case "-exec", "-execdir", "-ok", "-okdir":
            takeCommand(word, &rest)
            printsOtherwise = true
        case "-delete": deletions.append(tests.selection)
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
            if let depth = rest.popFirst()?.text.number, depth > 0 {
                hasDepth = !tests.haveOperators
            }
        case "-name", "-iname":
            // The pattern could still be that of a starting point.
            guard let pattern = rest.popFirst()?.text else { return }
            var names: [AbstractText]?
            if word == "-name", pattern.literal != nil {
                names = [PatternReader.read([.init(text: pattern, isActive: true)])]
            }
            tests.add(FindSelection(names: names, passesStart: startsDiffer(from: pattern)))
            return
        case "-uid", "-gid":
            let number = rest.popFirst()?.literal
            let isOfOwner =
                number.map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } } == true
                && Int(number?.description ?? "").map { $0 >= Self.dynamicAccounts } == true
            tests.add(FindSelection(isOfOwner: isOfOwner))
            return
        case "-type", "-xtype":
            let types = rest.popFirst()?.literal?.utf8
            tests.add(
                FindSelection(
                    passesStart: types.map { !$0.contains(UInt8(ascii: "d")) } ?? false,
                    areLinks: types?.contains(UInt8(ascii: "l")) ?? false
                )
            )
            return
        case "-lname", "-ilname":
            _ = rest.popFirst()
            tests.add(FindSelection(areLinks: true))
            return
        case "-follow": followsLinks = true
        case "-help", "--help", "-version", "--version": isHelp = true
        default:
            if Self.withValue.contains(word) || word.utf8.starts(with: "-newer".utf8) {
                _ = rest.popFirst()
            } else if !Self.plain.contains(word) {
                isUncertain = true
            }
        }
        tests.add(.all)
    }

    /// Whether no `find` knows the word, whatever stands before it: of those with two dashes there
    /// are none but two.
    private func isUnknownPredicate(_ word: ShellText) -> Bool {
        isSure && word.utf8.count > 2 && word.utf8.starts(with: "--".utf8) && word != "--help"
            && word != "--version"
    }

    /// Notes whether a test picks out files by where they are, or by a name in any case.
    private mutating func noteChoice(_ word: ShellText, _ rest: ArraySlice<Argument>) {
        let isNegated = self.isNegated
        self.isNegated = word == "!" || word == "-not"
        switch word {
        case "-path", "-wholename", "-ipath", "-iwholename", "-regex", "-iregex", "-lname",
            "-ilname":
            // `-path ./.git -prune` passes it by.
            if !isNegated, rest.dropFirst().first?.literal != "-prune" { asksForNames = true }
        case "-samefile", "-inum": asksForNumbers = true
        case "-iname":
            // `*.JPG` is a kind of files.
            let isKind =
                rest.first?.literal.map {
                    $0.utf8.starts(with: "*.".utf8) && $0.utf8.count <= 6
                } ?? false
            if !isKind, !isNegated { asksForNames = true }
        default: return
        }
    }

    /// Whether no starting point has a name that the pattern matches.
    private func startsDiffer(from pattern: AbstractText) -> Bool {
        guard let matcher = ShellPattern(PatternReader.read([.init(text: pattern, isActive: true)]))
        else { return false }
        let starts = starts.isEmpty ? [AbstractText(".")] : starts
        return starts.allSatisfy { start in
            if case .directory(.home)? = start.pieces.first, start.pieces.count == 1 {
                // It is called as its account is.
                return !pattern.mayNameAccount
            }
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

    private mutating func takeCommand(_ word: ShellText, _ rest: inout ArraySlice<Argument>) {
        var command: [Argument] = []
        while let argument = rest.popFirst() {
            if argument.literal == ";" { break }
            if argument.literal == "+", command.last?.literal == "{}" { break }
            command.append(argument)
        }
        commands.append(
            Command(
                arguments: command,
                isInDirectory: word == "-execdir" || word == "-okdir",
                isAsked: word == "-ok" || word == "-okdir",
                selection: tests.selection
            )
        )
    }

    /// What leaves nothing out, down to the bottom.
    private static let ofAll: Set<ShellText> = [
        "-delete", "-depth", "-d", "-mindepth", "-print", "-print0", "-xdev", "-mount",
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
        "-daystart", "-depth", "-d", "-empty", "-executable", "-false", "-follow",
        "-ignore_readdir_race", "-ls", "-mount", "-nogroup", "-noignore_readdir_race", "-noleaf",
        "-nouser", "-nowarn", "-print", "-print0", "-prune", "-quit", "-readable", "-true", "-warn",
        "-writable", "-xdev",
    ]
}
