/// Says whether a filter leaves out documents, as far as its text tells.
///
/// `{}` leaves out none, and neither does `{_id: {$ne: null}}`.
enum MongoFilter {
    static func bounds(_ filter: MongoValue?) -> Bool {
        guard case .object(let fields) = filter else { return false }
        return fields.contains { bounds($0.key, $0.value) }
    }

    private static func bounds(_ key: String, _ value: MongoValue) -> Bool {
        guard key.utf8.first == 0x24 else { return bounds(field: key, value) }
        switch key {
        case "$and":
            guard case .array(let filters) = value else { return false }
            return filters.contains { bounds($0) }
        case "$or":
            guard case .array(let filters) = value else { return false }
            return !filters.isEmpty && filters.allSatisfy { bounds($0) } && !areOpposites(filters)
        case "$nor":
            guard case .array(let filters) = value, !filters.isEmpty else { return false }
            return filters.allSatisfy { bounds($0) && $0["_id"] == nil }
        case "$expr": return comparesField(value)
        case "$text": return true
        default: return false
        }
    }

    /// `{a: {$exists: true}}` or `{a: {$exists: false}}`: one of them is true.
    private static func areOpposites(_ filters: [MongoValue]) -> Bool {
        let opposites = ["$exists", "$ne", "$nin", "$not", "$gt", "$gte", "$lt", "$lte"]
        var fields: [String: Int] = [:]
        for case .object(let conditions) in filters {
            guard conditions.count == 1, let condition = conditions.first else { continue }
            if opposites.contains(where: { condition.value[$0] != nil }) {
                fields[condition.key, default: 0] += 1
            }
        }
        return fields.values.contains { $0 > 1 }
            || filters.contains { filter in
                guard case .object(let conditions) = filter, let condition = conditions.first else {
                    return false
                }
                return fields[condition.key] != nil
                    && filters.contains { $0 != filter && $0[condition.key] != nil }
            }
    }

    private static func bounds(field: String, _ value: MongoValue) -> Bool {
        switch value {
        case .unknown: return false
        case .regex(let pattern): return !isOpen(pattern)
        case .string, .plain, .array: return true
        case .object(let operators):
            guard let first = operators.first, first.key.utf8.first == 0x24 else { return true }
            return operators.contains { boundsOperator($0.key, $0.value, isID: field == "_id") }
        }
    }

    /// Every document has an `_id`, so conditions that only take one value away leave out none.
    private static func boundsOperator(_ name: String, _ value: MongoValue, isID: Bool) -> Bool {
        if value == .unknown { return false }
        switch name {
        case "$exists", "$ne", "$gt", "$gte", "$lt", "$lte", "$not", "$type": return !isID
        case "$nin":
            if case .array(let values) = value { return !isID && !values.isEmpty }
            return false
        case "$regex":
            switch value {
            case .string(let pattern), .regex(let pattern): return !isOpen(pattern)
            case .object, .array, .plain, .unknown: return false
            }
        case "$in":
            guard case .array(let values) = value else { return false }
            return values.allSatisfy { bounds(field: "", $0) }
        case "$options", "$comment": return false
        case "$eq", "$all", "$size", "$elemMatch", "$mod", "$geoWithin", "$geoIntersects", "$near",
            "$nearSphere":
            return true
        default: return false
        }
    }

    private static func isOpen(_ pattern: String) -> Bool {
        ["", ".*", "^", "$", ".", ".+", "^.*", "^.*$", ".*$", "(.*)", "[\\s\\S]*"].contains(pattern)
    }

    /// Whether an expression compares a field with something that is not the same.
    private static func comparesField(_ value: MongoValue) -> Bool {
        guard case .object(let operators) = value, operators.count == 1,
            case .array(let operands) = operators.first?.value, operands.count == 2,
            operands[0] != operands[1]
        else { return false }
        return operands.contains { operand in
            if case .string(let text) = operand { text.utf8.first == 0x24 } else { false }
        }
    }
}
