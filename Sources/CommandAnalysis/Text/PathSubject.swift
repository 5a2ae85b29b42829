internal import ShellSyntax

/// A path made ready to be held against many patterns.
package struct PathSubject: Hashable, Sendable {
    /// LIMIT: PATH_MAX of Linux: no system call takes a longer path.
    ///
    /// What is longer is `perhaps` in every pattern.
    package static let maximumBytes = 4096
    /// LIMIT: levels above a home that are told apart; homes lie two or three below the root.
    static let maximumLevelsUp = 8

    package let path: AbstractPath
    package let isRecursive: Bool
    let tokens: [GlobToken]
    /// For a path that begins with unknown text: all that it may be.
    let tokensAnywhere: [GlobToken]
    let isTooLong: Bool
    /// Bytes and other pieces, for whoever counts what matching costs.
    package let size: Int
    /// Whether some text in it may hold `..`, so that it may lie anywhere.
    let canLeave: Bool

    package init(_ path: AbstractPath, recursive: Bool) {
        self.path = path
        isRecursive = recursive
        var tokens = GlobTokens.path
        for component in path.components { tokens.appendComponent(component) }
        if recursive { tokens.appendBelow() }
        self.tokens = tokens.tokens
        size = tokens.size + 1
        isTooLong = tokens.size > Self.maximumBytes || path.levelsUp > Self.maximumLevelsUp
        if path.root == .unknown {
            var anywhere = GlobTokens.anything(before: path.components)
            if recursive { anywhere.appendBelow() }
            tokensAnywhere = anywhere.tokens
        } else {
            tokensAnywhere = []
        }
        canLeave = path.components.contains(where: \.canBeParent)
    }
}

extension AbstractText {
    /// Whether as a component it may be `..`, or have one in it.
    fileprivate var canBeParent: Bool {
        let isUnbounded = pieces.contains {
            if case .unknown(let unknown) = $0 { unknown.shape == .text } else { false }
        }
        if isUnbounded { return true }
        // Older shells let `.*` match `..`; nothing matches a leading dot that is not written.
        guard hasWildcard, knownPrefix == "." || knownPrefix == ".." else { return false }
        return GlobMachine([.text(Array("..".utf8))])?.meets(GlobTokens.name(self).tokens) ?? true
    }
}
