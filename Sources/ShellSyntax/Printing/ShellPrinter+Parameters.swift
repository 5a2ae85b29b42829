// `$name`, `${name…}`.

extension ShellPrinter {
    mutating func write(_ expansion: ParameterExpansion) {
        guard expansion.isBraced else {
            append("$\(expansion.parameter.spelling)")
            return
        }
        append("${")
        if expansion.isIndirect { append("!") }
        if expansion.operation == .length { append("#") }
        append(expansion.parameter.spelling)
        if let subscripting = expansion.subscripting { write(subscripting) }
        if let operation = expansion.operation { write(operation) }
        append("}")
    }

    private mutating func write(_ operation: ParameterOperation) {
        switch operation {
        case .length, .keys: break
        case .conditional(let condition, let treatsEmptyAsUnset, let word):
            append(treatsEmptyAsUnset ? ":\(condition.spelling)" : condition.spelling)
            write(word)
        case .removal(let side, let isLongest, let pattern):
            append(String(repeating: side == .prefix ? "#" : "%", count: isLongest ? 2 : 1))
            write(pattern)
        case .substring(let offset, let length):
            append(":")
            write(offset)
            if let length {
                append(":")
                write(length)
            }
        case .replacement(let occurrence, let pattern, let replacement):
            append(occurrence.spelling)
            write(pattern)
            if let replacement {
                append("/")
                write(replacement)
            }
        case .caseChange(let change, let isGlobal, let pattern):
            append(String(repeating: change.spelling, count: isGlobal ? 2 : 1))
            if let pattern { write(pattern) }
        case .transformation(let letter): append("@\(letter)")
        case .names(let selection): append(selection == .each ? "@" : "*")
        }
    }
}

extension ParameterOperation.Condition {
    fileprivate var spelling: String {
        switch self {
        case .useDefault: "-"
        case .assignDefault: "="
        case .fail: "?"
        case .useAlternative: "+"
        }
    }
}

extension ParameterOperation.Occurrence {
    fileprivate var spelling: String {
        switch self {
        case .first: "/"
        case .every: "//"
        case .prefix: "/#"
        case .suffix: "/%"
        }
    }
}

extension ParameterOperation.CaseChange {
    fileprivate var spelling: String {
        switch self {
        case .upper: "^"
        case .lower: ","
        case .toggle: "~"
        }
    }
}
