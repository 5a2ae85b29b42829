import ShellSyntax

// Variables that nobody has set are what the host says.

extension ValueType {
    /// Whether what a variable of the environment holds is no more than text in the middle of such
    /// code.
    var isOfTexts: Bool {
        switch self {
        case .sed, .awk, .perl, .python, .ruby, .node: true
        default: false
        }
    }
}

extension AbstractText {
    /// With a name in the place of each home, and of each variable that the line has not touched: in an
    /// exec these hold what the host says.
    func withSettingsAsNames(_ state: ShellState) -> AbstractText {
        AbstractText(
            pieces.map { piece in
                switch piece {
                case .text, .wildcard: piece
                case .directory: .unknown(UnknownText(.name, from: .notComputed))
                case .unknown(let unknown):
                    unknown.isOfEnvironment(state)
                        ? .unknown(UnknownText(.name, from: unknown.origin)) : piece
                }
            }
        )
    }
}

extension UnknownText {
    /// Whether it is a variable that the line has not touched.
    func isOfEnvironment(_ state: ShellState) -> Bool {
        guard case .variable(let name) = origin else { return false }
        return state.areVariablesKnown && state.variables[name] == nil
    }
}
