internal import ShellSyntax

// Elements of arrays, as far as the versions of bash differ in them.

extension Interpreter {
    /// `${a[-1]}`: before bash 4.2 an error, and nothing.
    func fromEnd(
        _ value: ParameterValue,
        _ expansion: ParameterExpansion,
        _ name: ShellText,
        _ state: ShellState,
        _ frame: Frame
    ) -> ParameterValue {
        switch reading(of: .negativeSubscript, state, frame) {
        case .newer: value
        case .older: .unset
        case .either:
            expansion.operation == nil
                ? either(value, .unset, name)
                : .unknown(UnknownText(.text, from: .variable(name)))
        }
    }

    /// One of two values, where nothing asks whether it is set.
    func either(
        _ first: ParameterValue,
        _ second: ParameterValue,
        _ name: ShellText
    ) -> ParameterValue {
        guard let first = first.texts, let second = second.texts else {
            return .unknown(UnknownText(.text, from: .variable(name)))
        }
        return .texts(first + second.filter { !first.contains($0) })
    }

    /// One of two values of a variable.
    func either(
        _ first: Variable.Value,
        _ second: Variable.Value,
        _ name: ShellText
    ) -> Variable.Value {
        switch (first, second) {
        case (.scalar(let texts), .scalar(let more)): .scalar(texts + more)
        case (.scalar(let texts), .unset): .scalar(texts + [.empty])
        default: .unknown(UnknownText(.text, from: .variable(name)))
        }
    }

    /// The value of a variable that another one refers to, or its own in a bash without references.
    func through(
        _ reference: ShellText,
        orValueOf variable: Variable,
        _ name: ShellText,
        _ state: ShellState
    ) -> ParameterValue {
        var other = state
        other.variables[name]?.isPerhapsReference = false
        return either(self.variable(name, other), value(of: variable), name)
    }

    /// What bash 3.2 has where an element of an associative array should be.
    ///
    /// All keys are numbers there, and those that are names of no variable are 0.
    func olderElements(
        of variable: Variable,
        at key: ShellText,
        _ state: ShellState
    ) -> [AbstractText] {
        guard case .associative(let elements) = variable.value else { return [.notComputed] }
        let areZero = ([key] + elements.keys).allSatisfy {
            $0.isName && state.variables[$0] == nil
        }
        if areZero { return [variable.lastElement ?? .empty] }
        return elements.count < ShellState.alternatives
            ? Array(elements.values) + [.empty] : [.notComputed]
    }

    /// Computes keys of an associative array as bash 3.2 does, which has none.
    ///
    /// - Returns: Whether that may be what happens: then an element may be another one.
    mutating func computesKeys(
        _ keys: [AbstractText],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> Bool {
        let reading = reading(of: .associativeArray, state, frame)
        guard reading.mayBeOlder else { return false }
        var other = state
        for key in keys {
            // No start-up file leaves an expression in a variable that is called like a key.
            if let name = key.literal, name.isName, other.variables[name] == nil { continue }
            _ = try evaluate(key, &other, frame, at: range)
        }
        if reading == .older { state = other } else { try join(&state, [other]) }
        return true
    }

    /// Expands what came out of keys once more, as bash before 5.2 does in arithmetic.
    mutating func expandKeysAgain(
        _ keys: [AbstractText],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        guard reading(of: .keyExpandedOnce, state, frame).mayBeOlder else { return }
        for key in keys { try expandAgain(key, &state, frame, at: range) }
    }

    /// `unset 'a[@]'`: all elements of an indexed array, but before bash 5.2 the array.
    func unsetElements(of element: ShellText, _ state: inout ShellState, _ frame: Frame) {
        let name = ShellText(Array(element.utf8.dropLast(3)))
        let unknown = Variable.Value.unknown(UnknownText(.text, from: .variable(name)))
        switch reading(of: .unsetOfElements, state, frame) {
        case .older: state.variables[name] = Variable(.unset)
        case .either: state.variables[name, default: Variable(unknown)].value = unknown
        case .newer:
            switch state.variables[name]?.value {
            case .indexed: state.variables[name]?.value = .indexed([:])
            case .associative, .unset: return
            case .scalar, .unknown, nil:
                state.variables[name, default: Variable(unknown)].value = unknown
            }
        }
    }
}

extension ParameterValue {
    /// As texts, where what is not set is empty.
    fileprivate var texts: [AbstractText]? {
        switch self {
        case .unset: [.empty]
        case .texts(let texts): texts
        case .list, .unknown: nil
        }
    }
}

extension ParameterOperation {
    /// Whether it does one thing with a variable that is set and another with one that is not.
    var asksWhetherSet: Bool { if case .conditional = self { true } else { false } }
}

extension ShellText {
    /// Whether it is `name[@]` or `name[*]`.
    var isAllElements: Bool {
        let end = utf8.suffix(3)
        guard end.elementsEqual("[@]".utf8) || end.elementsEqual("[*]".utf8) else { return false }
        return ShellText(Array(utf8.dropLast(3))).isName
    }
}
