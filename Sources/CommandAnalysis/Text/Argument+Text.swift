import ShellSyntax

extension Argument {
    /// As one text, whatever it is.
    var text: AbstractText {
        switch self {
        case .one(let text): text
        case .any(let unknown): AbstractText(unknown)
        }
    }
}
