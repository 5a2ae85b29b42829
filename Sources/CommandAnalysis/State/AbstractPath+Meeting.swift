import ShellSyntax

// Whether two paths may be the same file.

extension AbstractPath {
    /// Whether the path may be another one, or lie below it.
    func mayBe(_ other: AbstractPath, below: Bool) -> Bool {
        if root == .unknown || other.root == .unknown { return true }
        guard (root == .root) == (other.root == .root) else {
            // A home is `/root` or below `/home` nearly everywhere.
            let absolute = root == .root ? self : other
            guard let first = absolute.components.first?.literal else { return true }
            return first == "home" || first == "root" || first == "var" || levelsUp > 0
                || other.levelsUp > 0
        }
        if levelsUp != other.levelsUp { return other.levelsUp > levelsUp }
        for (index, component) in other.components.enumerated() {
            guard index < components.count else { return false }
            if component.mayBeSeveral || components[index].mayBeSeveral {
                return component.beginsLike(components[index])
            }
            guard component.mayBeName(components[index]) else { return false }
        }
        return below || components.count == other.components.count
    }
}

extension AbstractPath {
    /// `x` of `x.gz`.
    var withoutEnding: AbstractPath? {
        guard let name = components.last?.literal,
            let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        else { return nil }
        return parent.appending([AbstractText(ShellText(Array(name.utf8[..<dot])))])
    }
}

extension AbstractPath {
    /// Whether its name is that of a file that was made smaller.
    var isCompressed: Bool {
        guard let name = components.last?.literal?.utf8,
            let dot = name.lastIndex(of: UInt8(ascii: "."))
        else { return false }
        let ending = ShellText(Array(name[name.index(after: dot)...]))
        return Self.endings.contains(ending)
    }

    private static let endings: Set<ShellText> = [
        "gz", "z", "Z", "bz2", "xz", "lzma", "zst", "lz4", "lz", "lzo", "br",
    ]
}

extension AbstractText {
    fileprivate func beginsLike(_ other: AbstractText) -> Bool {
        zip(knownPrefix.utf8, other.knownPrefix.utf8).allSatisfy { $0 == $1 }
    }

    func mayBeName(_ other: AbstractText) -> Bool {
        if let literal, let name = other.literal { return literal == name }
        return GlobMachine(GlobTokens.name(self).tokens)?
            .meets(GlobLanguage(GlobTokens.name(other).tokens)) ?? true
    }
}
