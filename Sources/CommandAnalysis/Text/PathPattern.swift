internal import ShellSyntax

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

    /// What is below the pattern's own root; for `/` the whole path.
    let inRoot: GlobMachine
    /// The pattern with any path before it: where its root may be anything.
    let anywhere: GlobMachine
    /// The same set as absolute paths, as far as homes are where they usually are; nil for `/` and
    /// `.`, which are no homes.
    let homes: HomeMachines?

    /// Where homes are.
    final class HomeMachines: Sendable {
        let below: GlobMachine
        let ofRoot: GlobMachine
        /// Accounts of services have theirs in `/var/lib`, and so has much that is no home.
        let ofService: GlobMachine

        init(below: GlobMachine, ofRoot: GlobMachine, ofService: GlobMachine) {
            self.below = below
            self.ofRoot = ofRoot
            self.ofService = ofService
        }
    }

    package init(root: Root, components: [Component]) throws(PathPatternError) {
        self.root = root
        self.components = components
        var tokens = GlobTokens.path
        for component in components {
            switch component {
            case .one(let text): tokens.appendComponent(text)
            case .any: tokens.appendBelow()
            }
        }
        func machine(_ prefix: [GlobToken]) throws(PathPatternError) -> GlobMachine {
            guard let machine = GlobMachine(prefix + tokens.tokens) else { throw .tooLong }
            return machine
        }
        inRoot = try machine([])
        anywhere = try machine([.below])
        switch root {
        case .root, .start: homes = nil
        case .home, .anyHome:
            homes = HomeMachines(
                below: try machine(HomeDirectory.tokens(["home", nil])),
                ofRoot: try machine(HomeDirectory.tokens(["root"])),
                ofService: try machine(HomeDirectory.tokens(["var", "lib", nil]))
            )
        }
    }

    /// Whether it is `/**`, in which every path is.
    var isEverything: Bool { root == .root && components == [.any] }

    /// How much of a path the pattern tells: of two that match, the greater is the more specific.
    package var specificity: Int {
        components.reduce(0) { sum, component in
            guard case .one(let text) = component else { return sum }
            return text.pieces.reduce(sum + 1) { sum, piece in
                if case .text(let text) = piece { sum + text.utf8.count } else { sum }
            }
        }
    }

    // The machines follow from the rest.
    package static func == (left: PathPattern, right: PathPattern) -> Bool {
        left.root == right.root && left.components == right.components
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(root)
        hasher.combine(components)
    }
}
