package import ShellSyntax

/// A path as far as it is known, normalised without looking at a disk.
///
/// `.` and empty components are gone, `..` has taken away the component before it where that one is
/// known to be one component. A path that begins with unknown text has the root `.unknown`.
package struct AbstractPath: Hashable, Sendable {
    package enum Root: Hashable, Sendable {
        /// `/`
        case root
        /// The directory in which the command line starts: the login's home, for an exec.
        case start
        /// The home directory of an account; nil is the one that runs the command.
        case home(ShellText?)
        /// A directory that the text does not tell.
        case unknown
    }

    package let root: Root
    /// Without slashes.
    ///
    /// A component that is not literal may be anything that its text may become,
    /// except that it is one component, or several where it holds unknown text or a relative path.
    package let components: [AbstractText]
    /// Levels above the root that `..` leads to; always zero for `/`.
    package let levelsUp: Int

    package init(root: Root, components: [AbstractText] = [], levelsUp: Int = 0) {
        self.root = root
        self.components = components
        self.levelsUp = levelsUp
    }

    package static let unknown = AbstractPath(root: .unknown)

    /// The whole path, where every component is literal: `/etc/passwd`, `~/x`, `./x`.
    package var literal: ShellText? {
        var text: String
        switch root {
        case .root: text = ""
        case .start: text = "."
        case .home(let account): text = "~" + (account?.description ?? "")
        case .unknown: return nil
        }
        for _ in 0..<levelsUp { text += "/.." }
        for component in components {
            guard let literal = component.literal else { return nil }
            text += "/" + literal.description
        }
        return ShellText(text.isEmpty ? "/" : text)
    }
}
