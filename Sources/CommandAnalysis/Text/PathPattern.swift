internal import ShellSyntax

/// A set of paths as rules and knowledge files write it: `/etc/**`, `~/.ssh/*`, `/dev/sd[a-z]`.
///
/// `*` matches within a component, `**` alone in a component matches any number of components, none
/// included: `/etc/**` is `/etc` and all below. `~` is the home of whoever runs the command, `~*`
/// anybody's, `.` the directory in which the command line starts, `..` the one in which that is.
///
/// An object, because every path is held against hundreds of patterns, and copying one takes longer
/// than finding out that the path is not in it.
public final class PathPattern: Hashable, Sendable {
    public enum Component: Hashable, Sendable {
        /// Literal texts and wildcards.
        case one(AbstractText)
        /// `**`
        case any
    }

    public enum Root: Hashable, Sendable {
        case root, start, aboveStart, home, anyHome
    }

    public let root: Root
    public let components: [Component]

    /// What is below the pattern's own root; for `/` the whole path.
    let inRoot: GlobMachine
    /// The pattern with any path before it: where its root may be anything.
    let anywhere: GlobMachine
    /// The same set as absolute paths, as far as homes are where they usually are; nil for `/` and
    /// `.`, which are no homes.
    let homes: HomeMachines?
    /// How much of a path the pattern tells: of two that match, the greater is the more specific.
    public let specificity: Int
    /// What a path must be called to be meant by name; nil where nothing of a name is written.
    let stem: NameStem?
    /// Whether it is `/**`, in which every path is.
    let isEverything: Bool
    /// Whether there is a `**` in it.
    let hasAnyDepth: Bool
    /// Whether whatever lies below its root is in it.
    let isWholeTree: Bool
    /// Whether it ends with one: whatever lies below some directory is in it.
    let isTree: Bool

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

    public init(root: Root, components: [Component]) throws(PathPatternError) {
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
        case .root, .start, .aboveStart: homes = nil
        case .home, .anyHome:
            homes = HomeMachines(
                below: try machine(HomeDirectory.tokens(["home", nil])),
                ofRoot: try machine(HomeDirectory.tokens(["root"])),
                ofService: try machine(HomeDirectory.tokens(["var", "lib", nil]))
            )
        }
        specificity = components.reduce(0) { sum, component in
            guard case .one(let text) = component else { return sum + 1 }
            return text.pieces.reduce(sum + 100) { sum, piece in
                if case .text(let known) = piece { sum + known.utf8.count } else { sum }
            }
        }
        stem = NameStem(components)
        isWholeTree = components == [.any]
        isEverything = root == .root && isWholeTree
        hasAnyDepth = components.contains(.any)
        isTree = components.last == .any
    }

    // The rest follows from these.
    public static func == (left: PathPattern, right: PathPattern) -> Bool {
        left === right || left.root == right.root && left.components == right.components
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(root)
        hasher.combine(components)
    }
}
