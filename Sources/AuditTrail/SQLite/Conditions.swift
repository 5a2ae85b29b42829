import GRDB

/// The WHERE of a query: fixed texts, with every value as an argument.
struct Conditions {
    private var texts: [String] = []
    private(set) var arguments = StatementArguments()

    /// Adds a condition with one `?` when there is a value for it.
    mutating func add(_ text: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        texts.append(text)
        arguments += StatementArguments(whole: [value])
    }

    mutating func add(_ column: String, isOneOf values: [String]) {
        guard !values.isEmpty else { return }
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        texts.append("\(column) IN (\(marks))")
        arguments += StatementArguments(whole: values)
    }

    mutating func add(isLive: Bool?) {
        guard let isLive else { return }
        texts.append(isLive ? "ended_at IS NULL" : "ended_at IS NOT NULL")
    }

    var clause: String { texts.isEmpty ? "" : "WHERE " + texts.joined(separator: " AND ") }
}
