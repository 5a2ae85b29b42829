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
    var withSettingsAsNames: AbstractText {
        AbstractText(
            pieces.map { piece in
                switch piece {
                case .text, .wildcard: piece
                case .directory: .unknown(UnknownText(.name, from: .notComputed))
                case .unknown(let unknown):
                    unknown.isOfEnvironment
                        ? .unknown(UnknownText(.name, from: unknown.origin)) : piece
                }
            }
        )
    }
}

extension AbstractText {
    /// Whether there is something in it that is not known, and that the line may have chosen.
    var mayBeChosen: Bool {
        pieces.contains { piece in
            if case .unknown(let unknown) = piece { !unknown.isOfEnvironment } else { false }
        }
    }
}

extension UnknownText {
    /// Whether it is a variable that nobody but the host can have set.
    var isOfEnvironment: Bool {
        if case .environment = origin { true } else { false }
    }
}
