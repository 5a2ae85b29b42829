import ShellSyntax

/// What a parameter is before anything is done with it.
enum ParameterValue {
    /// It is not set.
    case unset
    /// One of these.
    case texts([AbstractText])
    /// `$@`, `$*`, `${name[@]}`: the elements, and whether each is a field of its own in quotes.
    case list([Argument], isEach: Bool)
    /// Perhaps set.
    case unknown(UnknownText)
}

extension ParameterValue {
    enum Presence { case set, unset, perhaps }

    /// Whether it counts as set.
    func presence(treatsEmptyAsUnset: Bool) -> Presence {
        switch self {
        case .unset: return .unset
        case .unknown(let unknown): return unknown.shape == .text ? .perhaps : .set
        case .list(let elements, _):
            guard let texts = elements.texts else { return .perhaps }
            return texts.isEmpty ? .unset : .set
        case .texts(let texts):
            if !treatsEmptyAsUnset { return .set }
            if texts.allSatisfy({ $0.pieces.isEmpty }) { return .unset }
            return texts.allSatisfy(\.isNeverEmpty) ? .set : .perhaps
        }
    }
}

extension AbstractText {
    /// Whether it holds at least one character whatever its unknown parts are.
    fileprivate var isNeverEmpty: Bool {
        pieces.contains { piece in
            switch piece {
            case .text, .directory: true
            case .unknown(let unknown): unknown.shape != .text
            case .wildcard(let wildcard): wildcard != .anyText || pieces.count == 1
            }
        }
    }
}
