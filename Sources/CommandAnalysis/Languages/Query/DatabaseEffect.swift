import ShellSyntax

/// What a statement of any database does, as it becomes an action with attributes.
struct DatabaseEffect {
    let action: Action
    let engine: String
    /// Nil where the statement cannot be read.
    var statement: String?
    /// The kind of object.
    var resource: String?
    var object: [AbstractText] = []
    var database: [AbstractText] = []
    /// Nil where nothing says whether a condition holds the statement to some rows.
    var isBounded: Bool?
    var isForced = false
    /// The server, where the code names it.
    var host: AbstractText?

    init(_ action: Action, engine: String, _ statement: String?) {
        self.action = action
        self.engine = engine
        self.statement = statement
    }

    var kind: CodeEffect.Kind {
        var attributes = [ForeseenAction.Attribute(.engine, text: engine)]
        if let statement { attributes.append(.init(.statement, text: statement)) }
        if let resource { attributes.append(.init(.resource, text: resource)) }
        if !object.isEmpty { attributes.append(.init(.object, .texts(object))) }
        if !database.isEmpty { attributes.append(.init(.database, .texts(database))) }
        if let isBounded { attributes.append(.init(.bounded, .flag(isBounded))) }
        if isForced { attributes.append(.init(.force, .flag(true))) }
        if let host { attributes.append(.init(.host, .texts([host]))) }
        return .action(action, attributes)
    }
}

extension ForeseenAction.Attribute {
    init(_ name: ActionAttribute, text: String) {
        self.init(name, .texts([AbstractText(ShellText(text))]))
    }
}

extension AbstractText {
    /// The text in small letters where all of it is known and ASCII; else empty.
    ///
    /// So it can be compared as a `String`: nothing that is only equivalent to ASCII gets through.
    var keyword: String {
        guard let literal, literal.utf8.allSatisfy({ $0 < 0x80 }) else { return "" }
        return String(decoding: literal.utf8.map(\.lowercasedASCII), as: UTF8.self)
    }
}
