import ShellSyntax

// Functions that those who are started get too.

extension Interpreter {
    /// `export -f`, `declare -xf`: those that are started get the functions too.
    func exportFunctions(
        _ name: ShellText,
        _ texts: [AbstractText],
        _ state: inout ShellState
    ) {
        let arguments = BuiltinArguments(texts.map { .one($0) }, valued: "")
        guard arguments.has("f"), name == "export" || arguments.has("x") else { return }
        for operand in arguments.operands { export(function: operand.text, &state) }
    }

    func export(function name: AbstractText, _ state: inout ShellState) {
        if let name = name.literal {
            state.exportedFunctions.insert(name)
        } else {
            state.exportedFunctions.formUnion(state.functions.keys)
        }
    }
}
