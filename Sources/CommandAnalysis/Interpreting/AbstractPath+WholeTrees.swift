import ShellSyntax

extension AbstractPath {
    /// Whether it is all that is on the host, in a directory of its root, or in a home.
    var isWholeTree: Bool {
        guard levelsUp == 0, components.allSatisfy({ $0.literal != nil }) else { return false }
        return switch root {
        case .root: components.count < 2 || components.count == 2 && components[0].literal == "home"
        case .known: components.isEmpty
        case .unknown: false
        }
    }

    /// Whether it is the home of whoever runs the program.
    var isHome: Bool {
        root == .known(.home(nil)) && components.isEmpty && levelsUp == 0
    }
}
