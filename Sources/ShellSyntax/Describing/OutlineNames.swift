// The names of cases in outlines: those that they have in Swift.

extension ListTerminator {
    var name: String {
        switch self {
        case .none: "none"
        case .semicolon: "semicolon"
        case .newline: "newline"
        case .ampersand: "ampersand"
        }
    }
}

extension PipelinePrefix {
    var name: String {
        switch self {
        case .negation: "negation"
        case .time(let isPOSIX): isPOSIX ? "timePOSIX" : "time"
        }
    }
}

extension PipeOperator {
    var name: String { self == .output ? "output" : "outputAndError" }
}

extension FunctionDefinition.Form {
    var name: String {
        switch self {
        case .parentheses: "parentheses"
        case .keyword: "keyword"
        case .keywordAndParentheses: "keywordAndParentheses"
        }
    }
}

extension CaseItem.Ending {
    var name: String {
        switch self {
        case .none: "none"
        case .leave: "leave"
        case .fallThrough: "fallThrough"
        case .testNext: "testNext"
        }
    }
}

extension Subscript.Selection {
    var name: String {
        switch self {
        case .each: "each"
        case .all: "all"
        case .one: "one"
        }
    }
}

extension ConditionalExpression {
    var name: String {
        switch self {
        case .word: "word"
        case .unary: "unary"
        case .binary: "binary"
        case .negation: "negation"
        case .and: "and"
        case .or: "or"
        case .group: "group"
        }
    }
}

extension ArithmeticExpression {
    var name: String {
        switch self {
        case .number: "number"
        case .variable: "variable"
        case .expanded: "expanded"
        case .group: "group"
        case .unary: "unary"
        case .postfix: "postfix"
        case .binary: "binary"
        case .assignment: "assignment"
        case .conditional: "conditional"
        case .comma: "comma"
        }
    }
}

extension ExtendedGlob.Quantifier {
    var name: String {
        switch self {
        case .optional: "optional"
        case .any: "any"
        case .some: "some"
        case .one: "one"
        case .none: "none"
        }
    }
}

extension DeferredError.Construct {
    var name: String {
        switch self {
        case .parameterExpansion: "parameterExpansion"
        case .arithmetic: "arithmetic"
        case .commandSubstitution: "commandSubstitution"
        case .braceExpansion: "braceExpansion"
        }
    }
}

extension Parameter {
    var name: String {
        switch self {
        case .variable: "variable"
        case .positional: "positional"
        case .special: "special"
        }
    }
}

extension ParameterOperation {
    var name: String {
        switch self {
        case .length: "length"
        case .conditional: "conditional"
        case .removal: "removal"
        case .substring: "substring"
        case .replacement: "replacement"
        case .caseChange: "caseChange"
        case .transformation: "transformation"
        case .names: "names"
        case .keys: "keys"
        }
    }
}

extension ParameterOperation.Condition {
    var name: String {
        switch self {
        case .useDefault: "useDefault"
        case .assignDefault: "assignDefault"
        case .fail: "fail"
        case .useAlternative: "useAlternative"
        }
    }
}

extension ParameterOperation.Occurrence {
    var name: String {
        switch self {
        case .first: "first"
        case .every: "every"
        case .prefix: "prefix"
        case .suffix: "suffix"
        }
    }
}

extension ParameterOperation.CaseChange {
    var name: String {
        switch self {
        case .upper: "upper"
        case .lower: "lower"
        case .toggle: "toggle"
        }
    }
}
