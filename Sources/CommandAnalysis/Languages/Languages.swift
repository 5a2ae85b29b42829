import ShellSyntax

/// Code in languages other than the shell's.
enum Languages {
    /// What code does, as far as its text tells.
    static func findings(
        in code: AbstractText,
        _ language: ValueType,
        program: ShellText
    ) -> CodeFindings {
        switch language {
        case .jq: CodeFindings(effects: [], isComplete: true)
        default: .opaque
        }
    }
}
