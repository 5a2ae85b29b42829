import ShellSyntax

/// What a program is told to copy, move or link, and where to.
struct CopyOperands {
    /// What becomes of the sources.
    enum Kind: Hashable { case copy, move, symbolicLink, hardLink }

    let sources: [AbstractText]
    let target: AbstractText
    let kind: Kind
    /// Whether the target surely is a directory.
    let isInto: Bool
    /// Whether the target is what is written, directory or not: `-T`.
    let isExact: Bool
    /// Whether a source may be a directory with all that is in it.
    let takesTrees: Bool
    /// Whether what is above a source is made below the target too: `cp --parents`.
    let keepsParents: Bool
    /// Whether what was there is kept under another name, whose end is given.
    let makesOthers: Bool
    /// Whether what was there stays, under its name or another one.
    let keepsTarget: Bool
    /// Whether a source that is a link becomes one, though no tree is copied.
    let copiesLinks: Bool
    /// Whether nothing is said by which the target may stay what it was.
    let isSure: Bool

    /// The programs that may do that; nearly all others are told by a look at their length.
    private static let programs: NameSet = [
        "cp", "ln", "link", "mv", "install", "ginstall",
    ]

    /// Nil for a program that does none of that.
    init?(_ work: borrowing Performance) {
        guard Self.programs.contains(work.program) else { return nil }
        switch work.program {
        case "cp" where work.parsed.has(Tag("symbolic")): kind = .symbolicLink
        case "cp" where work.parsed.has(Tag("link")): kind = .hardLink
        case "cp": kind = .copy
        case "ln": kind = work.parsed.has(Tag("symbolic")) ? .symbolicLink : .hardLink
        case "link": kind = .hardLink
        case "mv": kind = .move
        case "install", "ginstall":
            if work.parsed.has(Tag("directory")) { return nil }
            kind = .copy
        default: return nil
        }
        let parsed = work.parsed
        var operands = parsed.operands.map(\.text)
        guard !operands.isEmpty else { return nil }
        let into = work.values(of: .writeInto)
        if into.count == 1 {
            target = into[0]
            isInto = true
        } else if operands.count == 1 {
            target = "."
            isInto = true
        } else {
            target = operands.removeLast()
            isInto = operands.count > 1
        }
        sources = operands
        // What a directory that is said to be one gets is told of the directory.
        isExact = parsed.has(Tag("exact")) || work.program == "link" || into.count == 1
        takesTrees = kind == .move || kind == .symbolicLink || parsed.has(Tag("recursive"))
        keepsParents = parsed.has(Tag("parents"))
        makesOthers = parsed.has(Tag("suffix"))
        keepsTarget = parsed.has(Tag("keep"))
        copiesLinks = kind == .copy && parsed.has(Tag("as-link"))
        // A link is not made where there is anything.
        isSure =
            (kind == .copy || kind == .move || parsed.has(Tag("force")))
            && work.arguments.allSatisfy(\.isPlainForCopies)
    }

    /// What is written, where the target surely is a directory and what each source is called is known.
    var namesInside: [AbstractText]? {
        // A tree that gets into a directory may be one of the system's.
        guard kind == .copy, !takesTrees, !isExact, !keepsParents, !makesOthers,
            sources.count > 1 || target.endsAsDirectory
        else { return nil }
        var names: [AbstractText] = []
        for source in sources {
            let components = name(of: source)
            guard !source.meansContents, components.count == 1,
                case .text? = components[0].pieces.first, !components[0].hasUnknown
            else { return nil }
            names.append(target + "/" + components[0])
        }
        return names
    }

    var isSymbolic: Bool { kind == .symbolicLink }

    /// Whether what is written is a link to nothing.
    var isMask: Bool { isSymbolic && sources.count == 1 && sources[0].literal == "/dev/null" }

    /// Whether what is written to the new name changes the source.
    var leads: Bool { kind == .symbolicLink || kind == .hardLink }

    /// What a source is called below a directory; empty for one that has no name there.
    func name(of source: AbstractText) -> [AbstractText] {
        let path = AbstractPath(source, relativeTo: .unknown)
        if keepsParents { return path.components }
        guard let last = path.components.last else {
            return source.hasUnknown ? [.anyName] : []
        }
        return [last.lastOfSeveral]
    }
}

extension CopyOperands {
    /// Whether something else comes to lie where a key is: a key in the place of another is the next one.
    var replacesKey: Bool {
        !keepsTarget && !isInto && target.saysKey && !sources.allSatisfy(\.saysKey)
    }
}

extension Argument {
    /// Whether it is no option, or one that does not keep what is copied from being copied.
    fileprivate var isPlainForCopies: Bool {
        if isNoOption { return true }
        guard let literal, let second = literal.utf8.dropFirst().first else { return false }
        if second == UInt8(ascii: "-") { return Self.plainOptions.contains(literal) }
        return literal.utf8.dropFirst().allSatisfy { "afpmrRtTvD01234567".utf8.contains($0) }
    }

    private static let plainOptions: NameSet = [
        "--", "--archive", "--force", "--no-target-directory", "--preserve", "--recursive",
        "--verbose",
    ]
}

extension AbstractText {
    /// Whether the name of the file is one of those that private keys have, as far as it is known.
    var saysKey: Bool {
        guard let name = knownEnd else { return false }
        let bytes = name.utf8.map(\.lowercasedASCII)
        return bytes.holds("key") || bytes.holds("priv")
            || [".p12", ".pfx", ".jks", ".ppk"].contains { bytes.suffix(4).elementsEqual($0.utf8) }
    }
}

extension ForeseenAction.Attribute {
    /// Something else takes the place of what was there.
    static let displace = Self(.verb, .texts(["displace"]))
}

extension AbstractPath {
    func appending(_ names: [AbstractText]) -> AbstractPath {
        AbstractPath(root: root, components: components + names, levelsUp: levelsUp)
    }
}

extension AbstractText {
    /// Whether what is in a directory may be meant rather than the directory: `x/.`, and in some
    /// programs `x/`.
    fileprivate var meansContents: Bool {
        guard case .text(let text)? = pieces.last else { return true }
        let name = text.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).last
        return name.map { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
            ?? true
    }

    /// Whether it ends with a slash.
    fileprivate var endsAsDirectory: Bool {
        guard case .text(let text)? = pieces.last else { return false }
        return text.utf8.last == UInt8(ascii: "/")
    }

    static let anyName = AbstractText(UnknownText(.relativePath, from: .notComputed))

    /// The last of the components that this one may be.
    fileprivate var lastOfSeveral: AbstractText {
        let last = pieces.lastIndex { piece in
            guard case .unknown(let unknown) = piece else { return false }
            return unknown.shape == .text || unknown.shape == .relativePath
        }
        guard let last else { return self }
        return .anyName + AbstractText(pieces[(last + 1)...])
    }
}
