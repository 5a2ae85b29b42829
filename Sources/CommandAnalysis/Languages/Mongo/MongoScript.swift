import ShellSyntax

/// Says what code of MongoDB's shells does: calls with literal arguments.
///
/// Everything else of JavaScript is code that cannot be read.
public enum MongoScript {
    // LIMIT: the bytes of one script, twice the longest command line.
    public static let maximumBytes = 1 << 18

    static let engine = "mongodb"

    public static func findings(in text: AbstractText) -> CodeFindings {
        reading(of: text).findings
    }

    /// The findings, and the steps that it took to get them: tokens that were looked at.
    public static func reading(of text: AbstractText) -> (findings: CodeFindings, steps: Int) {
        let query = QueryText(text)
        guard query.count <= maximumBytes else {
            var reader = MongoReader(QueryText(.empty))
            reader.leaveOpen(at: nil)
            return (reader.collector.findings, 0)
        }
        var reader = MongoReader(query)
        reader.readAll()
        return (reader.collector.findings, reader.steps)
    }
}

/// Walks over the code and reads each chain of calls that begins with `db`.
struct MongoReader {
    // LIMIT: steps for each token of the code; calls in calls in calls are looked at once for each
    // of them, and real code has three.
    static let maximumStepsPerToken = 16
    // LIMIT: steps that a script may take however short it is.
    static let minimumSteps = 4096

    let text: QueryText
    let tokens: [MongoToken]
    /// Names of what functions `x => …` are given.
    private let parameters: Set<String>
    var collector = EffectCollector()
    private var index = 0
    /// Where text stands that is not known; what ends behind it may be something else.
    private let firstHole: Int
    /// The database of `use`, or the one that the client connected to.
    private var database: AbstractText?
    /// The end of the chain that is read.
    private var chainEnd = 0
    private(set) var steps = 0

    init(_ text: QueryText) {
        self.text = text
        tokens = MongoLexer.tokens(of: text)
        parameters = Set(
            zip(tokens, tokens.dropFirst()).filter { $0.kind == .word && $1.isSign("=>") }
                .map(\.0.text)
        )
        firstHole = text.bytes.firstIndex(of: QueryText.textMark) ?? text.count
    }

    mutating func readAll() {
        if firstHole < text.count { leaveOpen(at: text.place(firstHole..<firstHole)) }
        while index < tokens.count {
            steps += 1
            guard steps <= max(Self.minimumSteps, tokens.count * Self.maximumStepsPerToken) else {
                return leaveOpen(at: text.place(tokens[index].range))
            }
            let token = tokens[index]
            let isFirst = index == 0 || token.beginsLine || tokens[index - 1].isSign(";")
            if isFirst, readShellCommand(token) { continue }
            if token.kind == .word {
                readWord(token)
            } else {
                if token.kind == .template || token.kind == .hole || isUnreadable(token) {
                    leaveOpen(at: text.place(token.range))
                }
                index += 1
            }
        }
    }

    // `show dbs`, `use app`, `it`
    private mutating func readShellCommand(_ token: MongoToken) -> Bool {
        guard token.kind == .word, index + 1 < tokens.count || token.text == "it" else {
            return false
        }
        let next = index + 1 < tokens.count ? tokens[index + 1] : token
        switch token.text {
        case "show" where next.kind == .word && !next.beginsLine:
            add(.read, "show", at: index)
        case "use" where [.word, .string].contains(next.kind) && !next.beginsLine:
            database = next.kind == .word ? text.abstract(next.range) : string(next)
            add(.read, "use", at: index)
        default: return false
        }
        // To the end of the line: a name may hold signs.
        index += 2
        while index < tokens.count, !tokens[index].beginsLine, !tokens[index].isSign(";") {
            index += 1
        }
        return true
    }

    private mutating func readWord(_ token: MongoToken) {
        let isMember = index > 0 && tokens[index - 1].isSign(".")
        let isKey = index + 1 < tokens.count && tokens[index + 1].isSign(":")
        switch token.text {
        case "db" where !isMember: readChain()
        case "rs",
            "sh" where !isMember:
            readStatus(token)
        case "load":
            if index + 2 < tokens.count { add(.readFile(string(tokens[index + 2])), at: index) }
            leaveOpen(at: text.place(token.range))
            index += 1
        case "Mongo", "connect":
            if index + 2 < tokens.count {
                add(.connect(host: string(tokens[index + 2])), at: index)
            }
            leaveOpen(at: text.place(token.range))
            index += 1
        case "EJSON", "JSON", "console":
            // `JSON.stringify`, `console.log`
            index += 1
            if index + 1 < tokens.count, tokens[index].isSign(".") { index += 2 }
        case _
        where isKey || isMember && MongoTable.results.contains(token.text)
            || !isMember && MongoTable.showing.contains(token.text):
            index += 1
        case _ where isValue(token, isMember: isMember): index += 1
        default:
            leaveOpen(at: text.place(token.range))
            index += 1
        }
    }

    /// Whether it is the parameter of a function `x => …`, or an attribute that is only read.
    private func isValue(_ token: MongoToken, isMember: Bool) -> Bool {
        guard isMember || parameters.contains(token.text) else { return false }
        // What leads to code.
        if ["constructor", "prototype", "__proto__"].contains(token.text) { return false }
        guard index + 1 < tokens.count else { return true }
        let next = tokens[index + 1]
        return !next.isSign("(") && !next.isSign("=") && !(isMember && next.isSign("=>"))
    }

    /// Whether nobody can tell what a sign means: a function that is no simple one, or a call of what
    /// an expression gives.
    private func isUnreadable(_ token: MongoToken) -> Bool {
        guard index > 0 else { return false }
        let last = tokens[index - 1]
        if token.isSign("=>") { return last.kind != .word || !parameters.contains(last.text) }
        return token.isSign("(") && (last.isSign(")") || last.isSign("]"))
    }

    private mutating func readStatus(_ token: MongoToken) {
        let method = index + 2 < tokens.count ? tokens[index + 2].text : ""
        guard index + 3 < tokens.count, tokens[index + 1].isSign("."), tokens[index + 3].isSign("(")
        else {
            leaveOpen(at: text.place(token.range))
            index += 1
            return
        }
        let isRead = MongoTable.statusMethods.contains(method)
        add(isRead ? .read : .administer, "\(token.text).\(method)", at: index)
        index += 3
    }

    // MARK: - Chains

    // `db.getSiblingDB("x").users.find({…}).limit(5)`
    private mutating func readChain() {
        let start = index
        var names: [AbstractText] = []
        var target = database
        index += 1
        while let name = takeMember() {
            guard index < tokens.count, tokens[index].isSign("(") else {
                names.append(name)
                continue
            }
            let method = name.keyword.isEmpty ? "" : name.literal?.description ?? ""
            var reader = MongoValueReader(tokens, from: index + 1)
            let arguments = reader.arguments()
            let argumentsStart = index + 1
            steps += reader.index - index
            index = reader.index
            chainEnd = tokens[min(index, tokens.count) - 1].range.upperBound
            if reader.isOpen { leaveOpen(at: text.place(tokens[start].range)) }
            switch method {
            case "getSiblingDB", "getSisterDB":
                target = named(arguments.first, argumentsStart)
                continue
            case "getCollection":
                names.append(named(arguments.first, argumentsStart))
                continue
            case "explain" where !names.isEmpty:
                // What is behind it is planned and not done.
                add(.read, "explain", names, target, at: start)
                while takeMember() != nil, skipCall() {}
                return
            default:
                addCall(method, arguments, names, target, at: start)
                // What is no literal is walked over as code.
                if reader.isOpen { index = argumentsStart } else { readResult() }
                return
            }
        }
        leaveOpen(at: text.place(tokens[start].range))
    }

    // `.name` or `["name"]`
    private mutating func takeMember() -> AbstractText? {
        guard index + 1 < tokens.count else { return nil }
        let next = tokens[index + 1]
        if tokens[index].isSign("."), next.kind == .word {
            index += 2
            return text.abstract(next.range)
        }
        guard tokens[index].isSign("["), next.kind == .string, index + 2 < tokens.count,
            tokens[index + 2].isSign("]")
        else { return nil }
        index += 3
        return string(next)
    }

    /// Goes over arguments that are literals; false where they are not.
    private mutating func skipCall() -> Bool {
        guard index < tokens.count, tokens[index].isSign("(") else { return true }
        var reader = MongoValueReader(tokens, from: index + 1)
        _ = reader.arguments()
        steps += reader.index - index
        guard !reader.isOpen else { return false }
        index = reader.index
        return true
    }

    /// What is asked of a cursor or a result; its arguments are walked over as code.
    private mutating func readResult() {
        while index + 1 < tokens.count, tokens[index].isSign("."), tokens[index + 1].kind == .word {
            let name = tokens[index + 1]
            if !MongoTable.results.contains(name.text) { leaveOpen(at: text.place(name.range)) }
            index += 2
            guard skipCall() else { return }
        }
    }

    private func named(_ value: MongoValue?, _ index: Int) -> AbstractText {
        guard case .string = value else { return .notComputed }
        return string(tokens[index])
    }

    func string(_ token: MongoToken) -> AbstractText {
        guard token.kind == .string, token.range.count >= 2 else { return .notComputed }
        return text.abstract(token.range.lowerBound + 1..<token.range.upperBound - 1)
    }

    // MARK: - Effects

    mutating func add(_ kind: CodeEffect.Kind, at start: Int) {
        let end = max(chainEnd, tokens[start].range.upperBound)
        collector.add(
            kind,
            end > firstHole ? .possible : .certain,
            at: text.place(tokens[start].range)
        )
    }

    mutating func leaveOpen(at place: Range<Int>?) {
        collector.add(
            DatabaseEffect(.databaseWrite, engine: MongoScript.engine, nil).kind,
            .possible,
            at: place
        )
        collector.leaveOpen()
    }
}
