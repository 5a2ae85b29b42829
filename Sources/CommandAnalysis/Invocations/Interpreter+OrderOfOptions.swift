import ShellSyntax

// `POSIXLY_CORRECT` makes operands of what looks like options behind the first operand.

extension Interpreter {
    /// Notes that a program takes an argument for something else than the knowledge does.
    mutating func noteOrder(
        of arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard knowledge.style == .gnu, let variable = state.variables["POSIXLY_CORRECT"],
            variable.value != .unset
        else { return }
        let behind = arguments.drop { $0.isOption }.prefix { $0.literal != "--" }
        guard behind.contains(where: \.isOption) else { return }
        emit(.commandDeceptive, frame, program: program, at: range)
    }
}

extension Argument {
    /// Whether it is, or may be, an option.
    fileprivate var isOption: Bool {
        guard let literal else { return true }
        return literal.utf8.first == UInt8(ascii: "-") && literal != "-"
    }
}
