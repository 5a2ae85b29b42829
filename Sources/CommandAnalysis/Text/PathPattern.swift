/// A set of paths as rules and knowledge files write it: `/etc/**`, `~/.ssh/*`, `/dev/sd[a-z]`.
///
/// `*` matches within a component, `**` alone in a component matches any number of components, none
/// included: `/etc/**` is `/etc` and all below. `~` is the home of whoever runs the command, `~*`
/// anybody's, `.` the directory in which the command line starts.
package struct PathPattern: Hashable, Sendable {
    package enum Component: Hashable, Sendable {
        /// Literal texts and wildcards.
        case one(AbstractText)
        /// `**`
        case any
    }

    package enum Root: Hashable, Sendable {
        case root, start, home, anyHome
    }

    package let root: Root
    package let components: [Component]

    package init(root: Root, components: [Component]) {
        self.root = root
        self.components = components
    }
}
