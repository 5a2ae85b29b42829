import ShellSyntax

// Arithmetic: what it gives, and what it runs on the way (evasions hide commands in subscripts).

extension Interpreter {
    private static let integer = AbstractText(UnknownText(.integer, from: .notComputed))

    /// The value of arithmetic, with all that it does.
    mutating func evaluate(
        _ arithmetic: Arithmetic,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        switch arithmetic.reading {
        case .empty: return "0"
        case .expression(let expression):
            let value = try evaluate(expression, &state, frame)
            // A division by zero ends the shell, as does what is no number.
            if value == nil || frame.dialect == .posix { state.progress.hasPerhapsEnded = true }
            return value.map { AbstractText(ShellText(String($0))) } ?? Self.integer
        case .depends, .error:
            let texts = try foldSegments(arithmetic.parts, &state, frame, isQuoted: true)
                .map(\.joined)
            let range = frame.origin.range(of: arithmetic.range)
            for text in texts { _ = try evaluate(text, &state, frame, at: range) }
            state.progress.hasPerhapsEnded = true
            return Self.integer
        }
    }

    /// The value of text that is read as arithmetic.
    mutating func evaluate(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> Int? {
        guard let literal = text.literal else {
            if let sample = text.withNumbers {
                try evaluateSample(sample, &state, frame, at: range)
            } else if request.profile != .exec || !text.isOfEnvironment {
                // A name without brackets runs nothing, but what it leads to might.
                emit(.data, frame, at: range)
            }
            return nil
        }
        if let number = Int(literal.description) { return number }
        if literal.isEmpty { return 0 }
        var inner = try frame.nested()
        inner.origin = .part(range)
        inner.collects = false
        let script = ": $((" + literal.description + "\n))"
        try reread(script.utf8.count)
        var parser = Parser(Array(script.utf8), dialect: .bash)
        guard
            case .command(let list) = parser.next(
                options: ShellOptions(.bash),
                aliases: AliasTable()
            ),
            list.items.count == 1,
            case .simple(let command) = list.items[0].andOr.first.commands.first,
            command.words.count == 2, command.words[1].parts.count == 1,
            case .arithmetic(let expansion) = command.words[1].parts[0],
            case .expression(let expression) = expansion.arithmetic.reading
        else {
            // What cannot be read as arithmetic fails, but what stands in it may run before.
            try expandAgain(text, &state, inner, at: range)
            return nil
        }
        return try evaluate(expression, &state, inner)
    }

    /// Does what an expression does in which some number stands for those that are not known.
    private mutating func evaluateSample(
        _ sample: ShellText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        var other = state
        _ = try evaluate(AbstractText(sample), &other, frame, at: range)
        for (name, variable) in other.variables where state.variables[name] != variable {
            let unknown = UnknownText(.integer, from: .variable(name))
            try assign(name, .unknown(unknown), &state, frame, at: range)
        }
    }

    /// The value of an expression; nil where it is not known.
    private mutating func evaluate(
        _ expression: ArithmeticExpression,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Int? {
        switch expression {
        case .number(let literal): return literal.text.number
        case .variable(let name, let subscripting):
            return try variable(name, subscripting, &state, frame)
        case .expanded(let word):
            let range = frame.origin.range(of: word.range)
            let texts = try foldSegments(word.parts, &state, frame, isQuoted: true).map(\.joined)
            var values: [Int?] = []
            for text in texts { values.append(try evaluate(text, &state, frame, at: range)) }
            return values.count == 1 ? values[0] : nil
        case .group(let inner, _): return try evaluate(inner, &state, frame)
        case .unary(let sign, let operand, _):
            let value = try evaluate(operand, &state, frame)
            switch sign {
            case .plus: return value
            case .minus: return value.flatMap { 0.subtractingChecked($0) }
            case .not: return value.map { $0 == 0 ? 1 : 0 }
            case .complement: return value.map { ~$0 }
            case .increment, .decrement:
                let changed = value.flatMap { $0.addingChecked(sign == .increment ? 1 : -1) }
                try assign(changed, to: operand, &state, frame)
                return changed
            }
        case .postfix(let operand, let isIncrement, _):
            let value = try evaluate(operand, &state, frame)
            let changed = value.flatMap { $0.addingChecked(isIncrement ? 1 : -1) }
            try assign(changed, to: operand, &state, frame)
            return value
        case .binary(let left, let sign, let right):
            let first = try evaluate(left, &state, frame)
            var other = state
            let second = try evaluate(right, &other, frame)
            try take(other, &state, isCertain: first != nil && sign != .and && sign != .or)
            guard let first, let second else { return nil }
            return sign.apply(first, second)
        case .assignment(let target, let sign, let source):
            // A subscript is computed even where the element is only set.
            let isRead = sign != nil || target.hasSubscript
            let old = isRead ? try evaluate(target, &state, frame) : nil
            let value = try evaluate(source, &state, frame)
            // Only what can be set has a value then.
            guard case .variable = target else { return nil }
            let new =
                sign.map { sign in old.flatMap { old in value.flatMap { sign.apply(old, $0) } } }
                ?? value
            try assign(new, to: target, &state, frame)
            return new
        case .conditional(let condition, let yes, let no):
            let value = try evaluate(condition, &state, frame)
            var other = state
            let first = try evaluate(yes, &other, frame)
            var third = state
            let second = try evaluate(no, &third, frame)
            try join(&state, [other, third])
            return value.flatMap { $0 != 0 ? first : second }
        case .comma(let first, let second):
            let isKnown = try evaluate(first, &state, frame) != nil
            let isCertain = isKnown && !state.progress.hasPerhapsEnded
            var other = state
            let value = try evaluate(second, &other, frame)
            try take(other, &state, isCertain: isCertain)
            return value
        }
    }

    /// Takes over what a part of an expression did, which is perhaps not computed.
    private mutating func take(
        _ other: ShellState,
        _ state: inout ShellState,
        isCertain: Bool
    ) throws(AnalysisProblem) {
        if isCertain { state = other } else { try join(&state, [other]) }
    }

    /// A variable's value is read as an expression again.
    private mutating func variable(
        _ name: Literal,
        _ subscripting: Subscript?,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Int? {
        let range = frame.origin.range(of: name.range)
        if let subscripting {
            let keys = try foldTexts(subscripting.word, &state, frame)
            if state.variables[name.text]?.isAssociative == true {
                try expandKeysAgain(keys, &state, frame, at: range)
                _ = try computesKeys(keys, &state, frame, at: range)
            } else {
                _ = try evaluate(subscripting.arithmetic, &state, frame)
            }
            return nil
        }
        switch variable(name.text, state) {
        case .unset: return 0
        case .texts(let texts):
            var values: [Int?] = []
            let inner = try frame.nested()
            for text in texts { values.append(try evaluate(text, &state, inner, at: range)) }
            return values.count == 1 ? values[0] : nil
        case .list: return nil
        case .unknown(let unknown):
            // The environment of an exec holds no expressions; what the line reads from elsewhere may,
            // and what start-up files left to a shell that goes on.
            let isSafe = request.profile == .exec && unknown.isOfEnvironment
            if unknown.shape == .text, !isSafe { emit(.data, frame, at: range) }
            return nil
        }
    }

    private mutating func assign(
        _ value: Int?,
        to target: ArithmeticExpression,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard case .variable(let name, let subscripting) = target else { return }
        let unknown = UnknownText(.integer, from: .variable(name.text))
        let new: Variable.Value =
            subscripting == nil
            ? value.map { .scalar([AbstractText(ShellText(String($0)))]) } ?? .unknown(unknown)
            : .unknown(UnknownText(.text, from: .variable(name.text)))
        try assign(name.text, new, &state, frame, at: frame.origin.range(of: target.range))
    }
}

extension ArithmeticExpression {
    fileprivate var hasSubscript: Bool {
        if case .variable(_, .some) = self { true } else { false }
    }
}

extension AbstractText {
    /// The text with a number where digits stand that are not known; nil where anything else is not.
    fileprivate var withNumbers: ShellText? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let known): text += known.description
            case .unknown(let unknown):
                guard unknown.shape == .digits || unknown.shape == .integer else { return nil }
                text += "1"
            case .wildcard, .directory: return nil
            }
        }
        return ShellText(text)
    }

    /// Whether all that is not known of it comes from variables that the line has not touched.
    fileprivate var isOfEnvironment: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text: return true
            case .unknown(let unknown): return unknown.isOfEnvironment
            case .wildcard, .directory: return false
            }
        }
    }
}

extension ShellText {
    /// The value of a constant as arithmetic writes it.
    fileprivate var number: Int? {
        let text = description.lowercased()
        if text.utf8.starts(with: "0x".utf8) { return Int(text.dropFirst(2), radix: 16) }
        if let mark = text.utf8.firstIndex(of: UInt8(ascii: "#")) {
            guard let base = Int(text[..<mark]), (2...36).contains(base) else { return nil }
            return Int(text[text.utf8.index(after: mark)...], radix: base)
        }
        if text.utf8.count > 1, text.utf8.first == UInt8(ascii: "0") { return Int(text, radix: 8) }
        return Int(text)
    }
}

extension Int {
    fileprivate func addingChecked(_ other: Int) -> Int? {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? nil : sum
    }

    fileprivate func subtractingChecked(_ other: Int) -> Int? {
        let (difference, overflows) = subtractingReportingOverflow(other)
        return overflows ? nil : difference
    }
}

extension ArithmeticExpression.BinaryOperator {
    /// Nil where the result is not known here: overflow, division by zero, odd shifts.
    fileprivate func apply(_ left: Int, _ right: Int) -> Int? {
        switch self {
        case .power:
            guard (0...63).contains(right) else { return nil }
            var result = 1
            for _ in 0..<right {
                let (product, overflows) = result.multipliedReportingOverflow(by: left)
                if overflows { return nil }
                result = product
            }
            return result
        case .multiply:
            let (product, overflows) = left.multipliedReportingOverflow(by: right)
            return overflows ? nil : product
        case .divide: return right == 0 || right == -1 ? nil : left / right
        case .remainder: return right == 0 || right == -1 ? nil : left % right
        case .add: return left.addingChecked(right)
        case .subtract: return left.subtractingChecked(right)
        case .shiftLeft: return (0..<63).contains(right) ? left << right : nil
        case .shiftRight: return (0..<63).contains(right) ? left >> right : nil
        case .lessOrEqual: return left <= right ? 1 : 0
        case .greaterOrEqual: return left >= right ? 1 : 0
        case .less: return left < right ? 1 : 0
        case .greater: return left > right ? 1 : 0
        case .equal: return left == right ? 1 : 0
        case .notEqual: return left != right ? 1 : 0
        case .bitAnd: return left & right
        case .bitXor: return left ^ right
        case .bitOr: return left | right
        case .and: return left != 0 && right != 0 ? 1 : 0
        case .or: return left != 0 || right != 0 ? 1 : 0
        }
    }
}
