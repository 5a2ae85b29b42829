import ShellSyntax

// `${name[…]}`: elements of arrays.

extension Interpreter {
    /// What stands at a plain subscript: `m[a]`, `v[2]`.
    func element(named name: ShellText, _ state: ShellState) -> ParameterValue? {
        guard name.utf8.last == UInt8(ascii: "]"),
            let open = name.utf8.firstIndex(of: UInt8(ascii: "["))
        else { return nil }
        let key = name.utf8[name.utf8.index(after: open)...].dropLast()
        guard !key.isEmpty, key.allSatisfy(\.isLetterOrDigit) else { return nil }
        switch state.variables[ShellText(Array(name.utf8[..<open]))]?.value {
        case .associative(let elements):
            return elements[ShellText(Array(key))].map { .texts([$0]) } ?? .unset
        case .indexed(let elements):
            // A name would be computed, and zero first is another base.
            guard key.first != UInt8(ascii: "0") || key.count == 1,
                let number = Int(String(decoding: key, as: UTF8.self))
            else { return nil }
            return elements[number].map { .texts([$0]) } ?? .unset
        case .unset, .scalar, .unknown, nil: return nil
        }
    }

    /// One of the directories in which zsh looks for functions, completions among them.
    private static let functionsOfZsh: AbstractText = "/usr/local/share/zsh/site-functions"

    mutating func element(
        _ name: ShellText,
        _ subscripting: Subscript,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterValue {
        let unknown = ParameterValue.unknown(UnknownText(.text, from: .variable(name)))
        let variable = state.areVariablesKnown ? state.variables[name] : nil
        if variable == nil, name == "fpath" { return .texts([Self.functionsOfZsh]) }
        switch subscripting.selection {
        case .each, .all:
            let isEach = subscripting.selection == .each
            switch variable?.value {
            case .unset: return .list([], isEach: isEach)
            case .scalar(let values) where values.count == 1:
                return .list([.one(values[0])], isEach: isEach)
            case .indexed(let elements):
                let sorted = elements.sorted { $0.key < $1.key }
                return .list(sorted.map { .one($0.value) }, isEach: isEach)
            case .associative(let elements)
            where elements.count <= 1
                && !reading(of: .associativeArray, state, frame).mayBeOlder:
                return .list(elements.values.map { .one($0) }, isEach: isEach)
            case .scalar, .associative, .unknown, nil:
                // The order of an associative array is not known.
                return .list([.any(UnknownText(.text, from: .variable(name)))], isEach: isEach)
            }
        case .one:
            if variable?.isAssociative == true {
                let keys = try foldTexts(subscripting.word, &state, frame)
                let range = frame.origin.range(of: subscripting.word.range)
                let isComputed = try computesKeys(keys, &state, frame, at: range)
                guard let variable, case .associative(let elements) = variable.value,
                    keys.count == 1, let key = keys[0].literal
                else { return unknown }
                let value: ParameterValue = elements[key].map { .texts([$0]) } ?? .unset
                guard isComputed else { return value }
                let older = olderElements(of: variable, at: key, state)
                return expansion.operation == nil
                    ? either(value, .texts(older), name) : unknown
            }
            let index = try evaluate(subscripting.arithmetic, &state, frame)
            guard let number = index.literal.flatMap({ Int($0.description) }) else {
                return unknown
            }
            let value: ParameterValue
            switch variable?.value {
            case .indexed(let elements):
                let last = (elements.keys.max() ?? -1) + 1
                value = elements[number < 0 ? last + number : number].map { .texts([$0]) } ?? .unset
            case .scalar(let values): value = number == 0 || number == -1 ? .texts(values) : .unset
            case .unset: value = .unset
            case .associative, .unknown, nil: return unknown
            }
            return number < 0 ? fromEnd(value, expansion, name, state, frame) : value
        }
    }
}
