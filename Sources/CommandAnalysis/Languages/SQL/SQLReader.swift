import ShellSyntax

/// Reads a script statement by statement and collects what each of them does.
struct SQLReader {
    // LIMIT: texts in texts: a statement in a string in a block in a string. Real scripts have two.
    static let maximumNesting = 8
    // LIMIT: statements in statements: an `EXPLAIN ANALYZE` of a `WITH` in an `IF`.
    static let maximumStatementNesting = 32

    let engine: SQLEngine
    let client: SQLClient?
    let nesting: Int
    var lexer: SQLLexer
    var collector = EffectCollector()
    /// The statement that is read.
    var tokens: [SQLToken] = []
    /// For each parenthesis of the statement, the place of the other one; else its own place.
    var partners: [Int] = []
    /// How sure the effects of the statement are.
    var certainty = Certainty.certain
    /// Texts that variables got, by the variable's name in small letters: MySQL's `@x`.
    var variables: [String: AbstractText] = [:]
    /// Statements that were prepared under a name and so were read.
    var prepared: Set<ShellText> = []
    var statementNesting = 0
    /// The blocks of a definition that have no end yet.
    var openBlocks = 0
    /// Whether declarations of a block are read, which end with `BEGIN`.
    var isDeclaring = false
    /// Whether it is the inside of a block with `IF`, `LOOP` and the like.
    let isBlock: Bool
    let work: SQLWork
    /// Functions of unknown effect that were told, by name.
    var toldFunctions: Set<String> = []
    private var hasToldUnreadable = false

    init(
        _ text: QueryText,
        engine: SQLEngine,
        dialect: SQLDialect,
        client: SQLClient?,
        nesting: Int = 0,
        isBlock: Bool = false,
        work: SQLWork? = nil
    ) {
        self.engine = engine
        self.client = client
        self.nesting = nesting
        self.isBlock = isBlock
        lexer = SQLLexer(text, dialect, client: client)
        self.work = work ?? SQLWork(bytes: text.count)
    }

    var text: QueryText { lexer.text }
    var dialect: SQLDialect { lexer.dialect }

    /// Counts work; false where there was too much of it.
    func spend(_ more: Int) -> Bool {
        work.spend(more)
        return !work.isExhausted
    }

    mutating func readAll() {
        while let token = lexer.next() {
            guard spend(lexer.takeSteps()) else { return giveUp() }
            if tokens.isEmpty || client == .sqlcmd, readClientCommand(at: token) { continue }
            if token.kind == .prompt {
                readBackslash(at: token)
            } else if token.kind == .end {
                if !swallowsEnd(token) { finishStatement() } else { append(token) }
            } else if isLineThatEndsStatement(token) {
                finishStatement()
            } else {
                append(token)
            }
        }
        finishStatement()
        if lexer.isUncertain { addUnreadable(at: text.count..<text.count) }
    }

    private mutating func giveUp() {
        lexer.isUncertain = true
        tokens.removeAll()
        addUnreadable(at: lexer.offset..<lexer.offset)
    }

    /// Ends the statement and says what it does: once as it stands, and once without what only some
    /// versions read.
    mutating func finishStatement() {
        defer {
            tokens.removeAll(keepingCapacity: true)
            lexer.conditionalComments = 0
        }
        guard !tokens.isEmpty else { return }
        guard spend(tokens.count) else { return giveUp() }
        let parts = dialect.needsNoSemicolons ? partsWithoutSemicolons() : [tokens]
        for part in parts {
            readStatement(part)
            guard part.contains(where: \.isConditional) else { continue }
            readStatement(part.filter { !$0.isConditional })
            if lexer.conditionalComments > 1 { addUnreadable(at: part[0].range) }
        }
    }

    private mutating func readStatement(_ statement: [SQLToken]) {
        guard let first = statement.first else { return }
        tokens = statement
        matchParentheses()
        let isUncertain = statement.contains(where: \.isUncertain)
        let hasHole = statement.contains { $0.kind == .hole }
        certainty = isUncertain || hasHole ? .possible : .certain
        if certainty == .possible { addUnreadable(at: first.range) }
        if hasMisplacedName { addUnreadable(at: first.range) }
        classify(0..<statement.count)
        certainty = .certain
    }

    private mutating func matchParentheses() {
        work.spend(tokens.count)
        partners = Array(tokens.indices)
        var open: [Int] = []
        for (index, token) in tokens.enumerated() where token.kind == .symbol {
            if token.word == "(" {
                open.append(index)
            } else if token.word == ")", let start = open.popLast() {
                partners[start] = index
                partners[index] = start
            }
        }
        for start in open { partners[start] = tokens.count }
    }

    /// Whether a name that is not known stands where it may be a keyword.
    ///
    /// It may be `INTO` behind `SELECT *`; behind `FROM` it is a table.
    private var hasMisplacedName: Bool {
        for (index, token) in tokens.enumerated()
        where token.kind == .word && token.word.isEmpty
            && text.bytes[token.range].contains(QueryText.nameMark)
        {
            guard index > 0 else { return true }
            let before = tokens[index - 1]
            let takesName =
                before.isWord(in: SQLWords.beforeNames)
                || before.kind == .symbol && before.word != "*" && before.word != ")"
            if !takesName { return true }
        }
        return false
    }
}

// MARK: - Effects

extension SQLReader {
    func place(of index: Int) -> Range<Int>? {
        tokens.indices.contains(index) ? text.place(tokens[index].range) : nil
    }

    /// Something that cannot be read: it may write, and it may do more than SQL can.
    mutating func addUnreadable(at range: Range<Int>) {
        if hasToldUnreadable { return }
        hasToldUnreadable = true
        let write = DatabaseEffect(.databaseWrite, engine: engine.rawValue, nil)
        collector.add(write.kind, .possible, at: text.place(range))
        collector.leaveOpen()
    }

    mutating func addUnreadable(at index: Int) {
        addUnreadable(at: tokens.indices.contains(index) ? tokens[index].range : 0..<0)
    }

    mutating func add(_ kind: CodeEffect.Kind, at index: Int, _ limit: Certainty = .certain) {
        let sure = certainty == .certain && limit == .certain
        collector.add(kind, sure ? .certain : .possible, at: place(of: index))
    }

    mutating func add(
        _ action: Action,
        _ statement: String,
        resource: String? = nil,
        object: [AbstractText] = [],
        database: [AbstractText] = [],
        bounded: Bool? = nil,
        force: Bool = false,
        at index: Int,
        _ limit: Certainty = .certain
    ) {
        var effect = DatabaseEffect(action, engine: engine.rawValue, statement)
        effect.resource = resource
        effect.object = object
        effect.database = database
        effect.isBounded = bounded
        effect.isForced = force
        add(effect.kind, at: index, limit)
    }

    /// Reads a text that the statement runs as SQL.
    mutating func readNested(_ nested: AbstractText, isBlock: Bool = false, at index: Int) {
        guard nesting < Self.maximumNesting else { return addUnreadable(at: index) }
        let inner = QueryText(nested)
        guard spend(inner.count) else { return addUnreadable(at: index) }
        var reader = SQLReader(
            inner,
            engine: engine,
            dialect: dialect,
            client: nil,
            nesting: nesting + 1,
            isBlock: isBlock,
            work: work
        )
        reader.readAll()
        for effect in reader.collector.effects {
            add(effect.kind, at: index, effect.certainty)
        }
        if !reader.collector.isComplete { collector.leaveOpen() }
    }
}
