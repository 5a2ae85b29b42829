internal import ShellSyntax

// Operations on parameters that not every bash knows, or that gave something else.

extension Interpreter {
    /// An operation and what bash makes of it where it does not know it.
    ///
    /// It fails then and leaves, but ignores it behind `[@]`.
    func readings(
        of value: ParameterValue,
        _ newer: [[Segment]],
        since feature: BashFeature,
        _ state: ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) -> [[Segment]] {
        guard case .list = value else { return newer }
        let older = segments(of: value, state, isQuoted: isQuoted)
        return readings(of: feature, state, frame, newer: newer, older: older)
    }

    /// `${@:0}`: with `$0`, but before bash 4.0 as if it were `${@:1}`.
    func partsFromZero(
        of elements: [Argument],
        _ length: AbstractText?,
        _ state: ShellState,
        _ frame: Frame
    ) -> [[Argument]] {
        let name = state.shellName ?? AbstractText(UnknownText(.text, from: .variable("0")))
        return readings(
            of: .zeroOfPositionals,
            state,
            frame,
            newer: [([.one(name)] + elements).part("0", length, isPositional: false)],
            older: [elements.part("0", length, isPositional: false)]
        )
    }

    /// `${a:=b}`: what the variable made of the text; before bash 5.2 the text.
    func assigned(
        _ words: [[Segment]],
        _ expansion: ParameterExpansion,
        _ state: ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) -> [[Segment]] {
        guard case .variable(let name) = expansion.parameter, expansion.subscripting == nil,
            let variable = state.variables[name], variable.isInteger || variable.caseChange != nil
        else { return words }
        return readings(
            of: .assignedDefault,
            state,
            frame,
            newer: segments(of: self.variable(name, state), state, isQuoted: isQuoted),
            older: words
        )
    }
}

extension BashFeature {
    /// Since when there is an operator behind `@`; nil for one that there is not.
    init?(transformation name: ShellText) {
        switch name {
        case "Q": self = .quoteTransformation
        case "E": self = .escapeTransformation
        case "P": self = .promptTransformation
        case "A": self = .assignmentTransformation
        case "a": self = .attributeTransformation
        case "U": self = .upperTransformation
        case "u": self = .firstUpperTransformation
        case "L": self = .lowerTransformation
        case "K": self = .pairTransformation
        case "k": self = .wordsOfPairsTransformation
        default: return nil
        }
    }
}

extension [Argument] {
    /// `${@:offset:length}`.
    func part(
        _ offset: AbstractText,
        _ length: AbstractText?,
        isPositional: Bool
    ) -> [Argument] {
        let unknown: [Argument] = [.any(UnknownText.notComputed)]
        guard texts != nil, let from = offset.number else { return unknown }
        // `$0` counts as the first of the positional parameters here; 0 was seen to before.
        var start = isPositional ? from - 1 : from
        if from < 0 { start = count + from }
        guard start >= 0 else { return unknown }
        let rest = dropFirst(start)
        guard let length else { return Array(rest) }
        guard let count = length.number, count >= 0 else { return unknown }
        return Array(rest.prefix(count))
    }
}
