import ShellSyntax

// What one call does.

extension MongoReader {
    mutating func add(
        _ kind: MongoTable.Kind,
        _ statement: String,
        _ names: [AbstractText] = [],
        _ database: AbstractText? = nil,
        bounded: Bool? = nil,
        at start: Int
    ) {
        var effect: DatabaseEffect
        switch kind {
        case .read, .aggregate: effect = .init(.databaseRead, engine: MongoScript.engine, statement)
        case .administer, .code:
            effect = .init(.databaseAdminister, engine: MongoScript.engine, statement)
        case .drop(let resource):
            effect = .init(.databaseSchema, engine: MongoScript.engine, "drop")
            effect.resource = resource
        case .schema(let verb, let resource):
            effect = .init(.databaseSchema, engine: MongoScript.engine, verb)
            effect.resource = resource
        case .insert, .updateOne, .updateMany, .deleteOne, .deleteMany, .update, .remove, .bulk:
            effect = .init(.databaseWrite, engine: MongoScript.engine, statement)
        }
        let collection = joined(names)
        effect.object = names.isEmpty ? [] : [collection]
        effect.database = database.map { [$0] } ?? []
        effect.isBounded = bounded
        add(effect.kind, at: start)
        // Accounts, with what their passwords are proved by.
        if kind == .read || kind == .aggregate, collection.keyword.contains("system.users") {
            add(.action(.secretRead, [.init(.name, .texts([collection]))]), at: start)
        }
    }

    private func joined(_ names: [AbstractText]) -> AbstractText {
        var result = AbstractText.empty
        for (index, name) in names.enumerated() {
            if index > 0 { result.append(.text(".")) }
            result.append(name)
        }
        return result
    }

    /// A call of a method of the database, or of a collection where there are names before it.
    mutating func addCall(
        _ method: String,
        _ arguments: [MongoValue],
        _ names: [AbstractText],
        _ database: AbstractText?,
        at start: Int
    ) {
        if names.isEmpty, ["runCommand", "adminCommand"].contains(method) {
            return addCommand(arguments.first, database, at: start)
        }
        let table = names.isEmpty ? MongoTable.database : MongoTable.collection
        guard let kind = table[method] else {
            return leaveOpen(at: text.place(tokens[start].range))
        }
        addEffect(of: kind, method, arguments, names, database, at: start)
    }

    private mutating func addEffect(
        of kind: MongoTable.Kind,
        _ method: String,
        _ arguments: [MongoValue],
        _ names: [AbstractText],
        _ database: AbstractText?,
        at start: Int
    ) {
        let isOne: Bool
        switch kind {
        case .insert: return add(kind, "insert", names, database, bounded: true, at: start)
        case .updateOne: return add(kind, "update", names, database, bounded: true, at: start)
        case .deleteOne: return add(kind, "delete", names, database, bounded: true, at: start)
        case .updateMany, .deleteMany: isOne = false
        case .update:
            let multi =
                arguments.dropFirst(2).contains { $0["multi"] != nil || $0 == .unknown }
                || arguments.count > 3
            isOne = !multi
        case .remove: isOne = arguments.count > 1 && isJustOne(arguments[1], at: start)
        case .aggregate: return addPipeline(arguments.first, names, database, at: start)
        case .bulk:
            let isBounded = arguments.first.map(isBoundedBulk) ?? false
            return add(kind, "bulk", names, database, bounded: isBounded, at: start)
        case .code:
            add(.action(.codeRun, [.init(.language, text: "javascript")]), at: start)
            return leaveOpen(at: text.place(tokens[start].range))
        case .read:
            addCode(in: arguments, at: start)
            return add(kind, method, names, database, at: start)
        case .drop("database"):
            return add(kind, method, [], database, bounded: nil, at: start)
        case .drop, .schema, .administer: return add(kind, method, names, database, at: start)
        }
        addCode(in: Array(arguments.prefix(1)), at: start)
        let isBounded = isOne || MongoFilter.bounds(arguments.first)
        let isDelete = kind == .remove || kind == .deleteMany
        add(kind, isDelete ? "delete" : "update", names, database, bounded: isBounded, at: start)
    }

    /// `{justOne: true}`, `true` or `1`: the tokens tell which, the value does not.
    private func isJustOne(_ option: MongoValue, at start: Int) -> Bool {
        let isOff = tokens[start...].prefix { !$0.isSign(";") }.contains {
            $0.isWord("false") || $0.kind == .number && $0.text == "0"
        }
        guard !isOff else { return false }
        return option == .plain || option["justOne"] == .plain
    }

    /// Whether each operation of several has a filter that bounds it, or is of one document.
    private func isBoundedBulk(_ operations: MongoValue) -> Bool {
        guard case .array(let values) = operations else { return false }
        return values.allSatisfy { operation in
            guard case .object(let fields) = operation, let field = fields.first else {
                return false
            }
            if let filter = operation["q"] {
                return MongoFilter.bounds(filter)
            }
            switch field.key {
            case "insertOne", "updateOne", "replaceOne", "deleteOne": return true
            case "updateMany", "deleteMany": return MongoFilter.bounds(field.value["filter"])
            default: return false
            }
        }
    }

    /// A pipeline reads, unless a stage of it writes to a collection.
    private mutating func addPipeline(
        _ pipeline: MongoValue?,
        _ names: [AbstractText],
        _ database: AbstractText?,
        at start: Int
    ) {
        add(.read, "aggregate", names, database, at: start)
        guard case .array(let stages) = pipeline else {
            if pipeline != nil { leaveOpen(at: text.place(tokens[start].range)) }
            return
        }
        addCode(in: stages, at: start)
        for stage in stages {
            for (name, isBounded) in [("$out", false), ("$merge", true)] {
                guard let target = stage[name] else { continue }
                add(.insert, name, [collection(target)], database, bounded: isBounded, at: start)
            }
        }
    }

    private func collection(_ target: MongoValue) -> AbstractText {
        switch target {
        case .string(let name): AbstractText(ShellText(name))
        case .object: (target["into"] ?? target["coll"]).map(collection) ?? .notComputed
        case .array, .regex, .plain, .unknown: .notComputed
        }
    }

    /// `$where`, `$function` and `$accumulator` run JavaScript in the server.
    private mutating func addCode(in values: [MongoValue], at start: Int) {
        guard values.contains(where: { holdsCode($0, nesting: 0) }) else { return }
        add(.action(.codeRun, [.init(.language, text: "javascript")]), at: start)
    }

    private func holdsCode(_ value: MongoValue, nesting: Int) -> Bool {
        guard nesting <= MongoValueReader.maximumNesting else { return true }
        switch value {
        case .object(let fields):
            return fields.contains {
                ["$where", "$function", "$accumulator"].contains($0.key)
                    || holdsCode($0.value, nesting: nesting + 1)
            }
        case .array(let values): return values.contains { holdsCode($0, nesting: nesting + 1) }
        case .string, .regex, .plain, .unknown: return false
        }
    }

    // `{delete: "users", deletes: [{q: {}, limit: 0}]}`
    private mutating func addCommand(
        _ command: MongoValue?,
        _ database: AbstractText?,
        at start: Int
    ) {
        var name = ""
        var names: [AbstractText] = []
        switch command {
        case .string(let text): name = text
        case .object(let fields):
            guard let first = fields.first else { break }
            name = first.key
            if case .string(let object) = first.value { names = [AbstractText(ShellText(object))] }
        case .array, .regex, .plain, .unknown, nil: break
        }
        guard let kind = MongoTable.commands[name] else {
            return leaveOpen(at: text.place(tokens[start].range))
        }
        switch kind {
        case .bulk:
            let operations = command?["deletes"] ?? command?["updates"]
            let isBounded = operations.map(isBoundedBulk) ?? false
            add(kind, name, names, database, bounded: isBounded, at: start)
        case .aggregate: addPipeline(command?["pipeline"], names, database, at: start)
        case .drop("index"): add(kind, name, names, database, at: start)
        default: addEffect(of: kind, name, [], names, database, at: start)
        }
    }
}
