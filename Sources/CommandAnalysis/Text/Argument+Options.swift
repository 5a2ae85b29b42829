import ShellSyntax

// What can be no option of a program.

extension Argument {
    /// Whether it cannot begin with a dash or a plus.
    var isNoOption: Bool {
        guard case .one(let text) = self else { return false }
        return text.isNoOption
    }
}

extension AbstractText {
    /// Whether it cannot begin with a dash or a plus.
    var isNoOption: Bool {
        switch pieces.first {
        case .text(let text): ![0x2D, 0x2B].contains(text.utf8.first)
        case .directory: true
        case .unknown(let unknown):
            switch unknown.shape {
            case .digits, .name: true
            case .relativePath: unknown.origin != .names
            // Options are nothing that a host sets for everybody.
            case .integer, .text: unknown.isOfEnvironment
            }
        case .wildcard, nil: false
        }
    }
}
