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

extension [Argument] {
    /// All of them as texts, where there is no place for any number.
    var texts: [AbstractText]? {
        var texts: [AbstractText] = []
        for argument in self {
            guard case .one(let text) = argument else { return nil }
            texts.append(text)
        }
        return texts
    }
}
