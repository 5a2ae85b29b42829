import ShellSyntax

extension Argument {
    /// As one text, whatever it is.
    var text: AbstractText {
        switch self {
        case .one(let text): text
        case .any(let unknown): AbstractText(unknown)
        }
    }

    /// With a text in the place of each occurrence of another one.
    func replacing(_ mark: ShellText, with text: AbstractText) -> Argument {
        guard case .one(let own) = self else { return self }
        return .one(own.replacing(mark, with: text))
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
