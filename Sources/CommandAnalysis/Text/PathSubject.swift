package import ShellSyntax

/// A path made ready to be held against many patterns.
package struct PathSubject: Hashable, Sendable {
    /// LIMIT: PATH_MAX of Linux: no system call takes a longer path.
    ///
    /// What is longer is `perhaps` in every pattern.
    package static let maximumBytes = 4096
    /// LIMIT: levels above a home that are told apart; homes lie two or three below the root.
    static let maximumLevelsUp = 8

    package let path: AbstractPath
    /// The account that the request is for; nil where that is not known.
    package let login: ShellText?
    /// All that it may be, below its own root.
    let language: GlobLanguage
    /// One of the shortest of these.
    let shortest: GlobLanguage
    /// The last component by itself.
    let name: GlobLanguage
    /// The path without what is below it.
    let languageAlone: GlobLanguage
    /// Whether what is below it is meant too.
    let isRecursive: Bool
    /// For a path that begins with unknown text: all that it may be.
    let languageAnywhere: GlobLanguage
    /// For a path below a home or the start: what it may be as an absolute path.
    let languagesInHomes: [GlobLanguage]
    /// Whether there is no other home that it may be in: that of `root` is where it is.
    let isSureOfHome: Bool
    let isTooLong: Bool
    /// Bytes and other pieces, for whoever counts what matching costs.
    package let size: Int
    /// Whether some text in it may hold `..`, so that it may lie anywhere.
    let canLeave: Bool

    package init(_ path: AbstractPath, recursive: Bool, login: ShellText? = nil) {
        self.path = path
        self.login = login
        var tokens = GlobTokens.path
        for component in path.components { tokens.appendExpanded(component) }
        let alone = GlobLanguage(tokens.tokens)
        languageAlone = alone
        isRecursive = recursive
        if recursive { tokens.appendBelow() }
        language = recursive ? GlobLanguage(tokens.tokens) : alone
        shortest = alone.isLiteral ? alone : alone.shortest
        name = GlobLanguage(path.components.last.map { GlobTokens.name($0).tokens } ?? [])
        size = tokens.size + 1
        isTooLong = tokens.size > Self.maximumBytes || path.levelsUp > Self.maximumLevelsUp
        if path.root == .unknown {
            var anywhere = GlobTokens.anything(before: path.components)
            if recursive { anywhere.appendBelow() }
            languageAnywhere = GlobLanguage(anywhere.tokens)
        } else {
            languageAnywhere = alone
        }
        let homes = HomeDirectory.candidates(for: path, login: login)
        languagesInHomes = homes.map { GlobLanguage(HomeDirectory.tokens($0) + tokens.tokens) }
        isSureOfHome = homes == [["root"]] && path.levelsUp == 0
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
        return GlobMachine([.text(Array("..".utf8))])?
            .meets(GlobLanguage(GlobTokens.name(self).tokens)) ?? true
    }
}
