import ShellSyntax

// Elasticsearch and OpenSearch, and ClickHouse's statements in a request.

extension HTTPReader {
    private static let engine = "elasticsearch"

    /// Endpoints that only these have, at the beginning or behind an index.
    private static let endpoints: Set<String> = [
        "_all", "_search", "_msearch", "_count", "_doc", "_create", "_update", "_bulk", "_mget",
        "_delete_by_query", "_update_by_query", "_reindex", "_cat", "_cluster", "_nodes",
        "_snapshot",
        "_aliases", "_alias", "_mapping", "_mappings", "_settings", "_template", "_index_template",
        "_component_template", "_ilm", "_ism", "_ingest", "_security", "_tasks", "_close", "_open",
        "_forcemerge", "_shrink", "_split", "_rollover", "_refresh", "_flush", "_cache",
        "_data_stream", "_stats", "_analyze", "_validate", "_field_caps", "_sql", "_scripts",
        "_plugins",
        "_segments", "_recovery", "_xpack", "_license", "_pit", "_async_search", "_explain",
        "_source",
    ]

    /// Whether a service is there whose searches are sent: an endpoint of Elasticsearch, or the port
    /// of Prometheus, whose paths other services have too.
    var isPlaceOfSearches: Bool {
        if address.names.contains(where: { Self.searches.contains($0) }) { return true }
        let ports = [9090, 9009, 8428, 10902, 3100]
        return name(0) == "api" && ports.contains { $0 == address.port }
            && ["query", "query_range", "query_exemplars", "series", "labels", "format_query"]
                .contains(name(2))
    }

    private static let searches: Set<String> = [
        "_search", "_msearch", "_count", "_mget", "_validate", "_field_caps", "_explain",
        "_analyze",
    ]

    mutating func readElasticsearch(_ method: String) -> Bool {
        let isPort = address.port == 9200 || address.port == 9201
        let endpoint = address.names.first { Self.endpoints.contains($0) }
        guard isPort || endpoint != nil else { return false }
        let first = name(0)
        if method == "GET" || method == "HEAD" {
            add(statement(.databaseRead, endpoint ?? "get"))
        } else if first.hasPrefix("_"), first != "_all" {
            readServer(method, first)
        } else if count == 0 {
            add(statement(.databaseWrite, method.lowercased()), .possible)
        } else {
            readIndex(method)
        }
        return true
    }

    private func statement(_ action: Action, _ statement: String) -> DatabaseEffect {
        DatabaseEffect(action, engine: Self.engine, statement)
    }

    // `/INDEX/…`
    private mutating func readIndex(_ method: String) {
        let endpoint = name(1)
        var effect: DatabaseEffect
        switch (method, endpoint) {
        case ("DELETE", "") where count == 1:
            effect = statement(.databaseSchema, "drop")
            effect.resource = "index"
            effect.isBounded = !isEveryIndex
        case (_, "_delete_by_query"), (_, "_update_by_query"):
            effect = statement(.databaseWrite, endpoint == "_delete_by_query" ? "delete" : "update")
            effect.isBounded = queryBounds
        case (_, "_search"), (_, "_count"), (_, "_msearch"), (_, "_mget"), (_, "_analyze"),
            (_, "_validate"), (_, "_field_caps"), (_, "_explain"), (_, "_pit"),
            (_, "_async_search"):
            effect = statement(.databaseRead, endpoint)
        case (_, "_refresh"), (_, "_flush"), (_, "_cache"), (_, "_forcemerge"):
            effect = statement(.databaseAdminister, endpoint)
        case (_, "_doc"), (_, "_create"), (_, "_update"), (_, "_bulk"):
            effect = statement(.databaseWrite, method == "DELETE" ? "delete" : "insert")
            effect.isBounded = true
        case ("PUT", "") where count == 1:
            effect = statement(.databaseSchema, "create")
            effect.resource = "index"
        default:
            effect = statement(.databaseSchema, endpoint.isEmpty ? "alter" : endpoint)
            effect.resource = "index"
            effect.isBounded = isEveryIndex ? false : nil
        }
        effect.object = [text(0)]
        add(effect)
    }

    private var isEveryIndex: Bool {
        guard let index = text(0).literal?.description else { return true }
        return index.split(separator: ",").contains { ["_all", "*", "*,*", "**"].contains($0) }
    }

    // `/_ENDPOINT/…`
    private mutating func readServer(_ method: String, _ endpoint: String) {
        switch endpoint {
        case "_search", "_count", "_msearch", "_mget", "_analyze", "_validate", "_field_caps",
            "_sql",
            "_cat", "_explain", "_pit", "_async_search":
            add(statement(.databaseRead, endpoint))
        case "_bulk", "_reindex":
            var effect = statement(.databaseWrite, endpoint)
            effect.isBounded = true
            add(effect)
        case "_delete_by_query", "_update_by_query":
            var effect = statement(.databaseWrite, "delete")
            effect.isBounded = false
            add(effect)
        case "_snapshot": readSnapshot(method)
        case "_data_stream", "_template", "_index_template", "_component_template":
            var effect = statement(.databaseSchema, method == "DELETE" ? "drop" : "create")
            effect.resource = endpoint == "_data_stream" ? "data stream" : "template"
            effect.object = [text(1)]
            add(effect)
        case "_aliases":
            add(statement(.databaseSchema, "alter"))
            guard body.map({ $0.utf8.containsSequence("remove_index".utf8) }) ?? true else {
                return
            }
            var effect = statement(.databaseSchema, "drop")
            effect.resource = "index"
            add(effect, body == nil ? .possible : .certain)
        default: add(statement(.databaseAdminister, endpoint))
        }
    }

    private mutating func readSnapshot(_ method: String) {
        let names: [ForeseenAction.Attribute] = [
            .init(.name, .texts(Array(address.path.dropFirst())))
        ]
        switch (method, name(3)) {
        case (_, "_restore"): add(.backupRestore, names)
        case ("DELETE", _):
            add(.backupDelete, names + (count < 3 ? [.init(.all, .flag(true))] : []))
        case (_, _) where count == 3: add(.backupCreate, names)
        default: add(statement(.databaseAdminister, "_snapshot"))
        }
    }

    // MARK: - Queries

    /// The text that is sent, where all of it is known.
    var body: ShellText? { request.body?.literal }

    // LIMIT: the bytes of a body that are read; a longer one is a body that is not known.
    static let maximumBodyBytes = 1 << 16

    /// The text that is sent, as JSON.
    var json: MongoValue? {
        guard let body else { return nil }
        guard body.utf8.count <= Self.maximumBodyBytes else { return nil }
        let tokens = MongoLexer.tokens(of: QueryText(AbstractText(body)))
        var reader = MongoValueReader(tokens, from: 0)
        return reader.arguments().first
    }

    /// Whether a query leaves out documents; nil where it is not known.
    private var queryBounds: Bool? {
        if let query = address.parameter("q") {
            return !["*", "*:*", ""].contains(query.literal?.description ?? "")
        }
        if request.body != nil, body == nil { return nil }
        guard let query = json?["query"] else { return false }
        return Self.bounds(query, nesting: 0)
    }

    private static func bounds(_ query: MongoValue, nesting: Int) -> Bool {
        guard nesting < MongoValueReader.maximumNesting, case .object(let fields) = query else {
            return false
        }
        return fields.contains { field in
            switch field.key {
            case "term", "terms", "match", "match_phrase", "range", "prefix", "ids", "multi_match",
                "fuzzy", "geo_distance", "geo_bounding_box", "nested", "match_phrase_prefix":
                return !isEmpty(field.value)
            case "exists": return !isOfID(field.value)
            case "wildcard", "regexp", "query_string", "simple_query_string":
                return !holdsOpenPattern(field.value, nesting: 0)
            case "bool":
                let demands = ["must", "filter"].contains { part in
                    clauses(field.value[part]).contains { bounds($0, nesting: nesting + 1) }
                }
                let choices = clauses(field.value["should"])
                let isChoice =
                    field.value["must"] == nil && field.value["filter"] == nil
                    && !choices.isEmpty
                    && choices.allSatisfy { bounds($0, nesting: nesting + 1) }
                let exclusions = clauses(field.value["must_not"])
                return demands || isChoice
                    || exclusions.contains { bounds($0, nesting: nesting + 1) && $0["ids"] == nil }
            case "constant_score":
                return field.value["filter"].map { bounds($0, nesting: nesting + 1) } ?? false
            default: return false
            }
        }
    }

    private static func clauses(_ value: MongoValue?) -> [MongoValue] {
        switch value {
        case .array(let values): values
        case .object: value.map { [$0] } ?? []
        case .string, .regex, .plain, .unknown, nil: []
        }
    }

    private static func isEmpty(_ value: MongoValue) -> Bool {
        if case .object(let fields) = value { fields.isEmpty } else { true }
    }

    private static func isOfID(_ value: MongoValue) -> Bool {
        guard case .string(let field) = value["field"] else { return true }
        return field.hasPrefix("_")
    }

    private static func holdsOpenPattern(_ value: MongoValue, nesting: Int) -> Bool {
        guard nesting < MongoValueReader.maximumNesting else { return true }
        switch value {
        case .string(let pattern): return ["*", "*:*", ".*", "**", ""].contains(pattern)
        case .object(let fields):
            return fields.contains { holdsOpenPattern($0.value, nesting: nesting + 1) }
        case .array, .unknown: return true
        case .plain, .regex: return false
        }
    }

    // MARK: - ClickHouse

    /// `/?query=DROP TABLE t`, or the statement as the body.
    mutating func readClickHouse() -> Bool {
        guard address.port == 8123 else { return false }
        // A plus is a blank in a parameter.
        var text =
            address.parameter("query").map { parameter in
                AbstractText(
                    parameter.pieces.map { piece in
                        guard case .text(let known) = piece else { return piece }
                        return .text(ShellText(known.utf8.map { $0 == 0x2B ? 0x20 : $0 }))
                    }
                )
            } ?? .empty
        if let body = request.body {
            text.append(.text("\n"))
            text.append(body)
        }
        let findings = SQLScript.findings(in: text, engine: .clickhouse)
        if !findings.isComplete { collector.leaveOpen() }
        for effect in findings.effects {
            let isCertain = certainty == .certain && effect.certainty == .certain
            collector.add(effect.kind, isCertain ? .certain : .possible, at: nil)
        }
        return true
    }
}
