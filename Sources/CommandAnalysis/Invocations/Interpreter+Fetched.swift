import ShellSyntax

// Files that come from another host, a store, a container or an archive, and keep their names here.

extension Interpreter {
    /// Notes what is written where things from elsewhere get their last names.
    ///
    /// That files come, is said without it; this tells which, where the line does.
    mutating func fetch(
        _ effect: Effect,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        var names: [[AbstractText]] = []
        for case .values(let type) in effect.attributes.map(\.value) {
            for source in work.values(of: type) { names += work.namesHere(of: source) }
        }
        if work.parsed.has(.transform) { names += work.newNames }
        // A directory of a remote is copied as all that is in it.
        let areFiles = names.allSatisfy { $0.allSatisfy { $0.literal != nil } }
        // What is told with `recursive` comes from elsewhere, whatever the operands are.
        let isForeign = effect.attributes.contains { $0.name == .recursive }
        let isTree = work.parsed.has(Tag("recursive")) || isForeign
        // Several things, or what is in one, come with names that nobody tells.
        if isForeign, names.isEmpty || !areFiles {
            sources.brought.fetch([], by: work.program, at: work.range)
        }
        if names.isEmpty { return }
        if !isTree, areFiles, work.program != "rclone" {
            sources.brought.forget(work.program, at: work.range)
        }
        for directory in work.fetchingDirectories {
            for path in paths(of: directory, state) where path.root != .unknown {
                // Where there is no such directory, it is the tree.
                if isForeign, directory.literal?.isDirectoryThatIsThere != true {
                    sources.brought.fetch([path], by: work.program, at: work.range)
                }
                for name in names {
                    let files = state.files.resolutions(of: path.appending(name))
                    for file in files { state.files.forget(file, below: isTree) }
                    if isForeign {
                        sources.brought.fetch(files, by: work.program, at: work.range)
                    }
                    access(
                        isTree ? .writeInto : .write,
                        files,
                        frame,
                        program: work.program,
                        at: work.range
                    )
                }
            }
        }
    }
}

extension Effect {
    /// Whether its paths are those of things elsewhere.
    var isFetch: Bool {
        action == .fileWrite && attributes.contains { $0 == Self.fetch }
    }

    private static let fetch = Attribute(.verb, .text("fetch"))
}

extension Tag {
    fileprivate static let transform = Tag("transform")
    fileprivate static let strip = Tag("strip")
    fileprivate static let parents = Tag("parents")
}

extension Performance {
    /// The directory that is written, which an operand says, or an option; the working directory where
    /// neither does.
    fileprivate var fetchingDirectories: [AbstractText] {
        let operands = values.dropFirst(parsed.values.count)
        let named =
            operands.last(where: \.isWritten) ?? parsed.values.last { $0.type == .writeInto }
        guard let named, named.value.literal?.isURL != true else { return ["."] }
        switch named.type {
        case .remoteWrite, .remoteMirror: return named.value.isOfOtherHost ? [] : [named.value]
        default: return [named.value]
        }
    }

    /// What a thing is called here, as components below the directory; empty where that is not told.
    fileprivate func namesHere(of source: AbstractText) -> [[AbstractText]] {
        guard let literal = source.literal else { return [] }
        var bytes = literal.utf8[...]
        if bytes.last == UInt8(ascii: "/") || bytes.suffix(2).elementsEqual("/.".utf8) { return [] }
        if bytes.starts(with: "http".utf8), literal.isURL {
            bytes = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        }
        let slash = UInt8(ascii: "/")
        // `HOST:x/y` begins with no directory.
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            !bytes[..<colon].contains(slash)
        {
            bytes = bytes[bytes.index(after: colon)...]
        }
        let parts = bytes.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        guard let last = parts.last, !last.elementsEqual("..".utf8) else { return [] }
        // A pod may stand behind its namespace: `web/pod:x`.
        let isOfPod = !literal.isURL && last.contains(UInt8(ascii: ":"))
        let names = isOfPod ? parts.dropLast() + [last.drop { $0 != 0x3A }.dropFirst()] : parts[...]
        let components = names.map { part in
            // A shell there takes marks away, and makes anything of a substitution.
            let bytes = part.filter { !"\\'\"".utf8.contains($0) }
                .map { "`$".utf8.contains($0) ? UInt8(ascii: "*") : $0 }
            return PatternReader.read([.init(text: AbstractText(ShellText(bytes)), isActive: true)])
        }
        // What is above it comes along, but for as many directories as are left out.
        if parsed.has(.parents) || parsed.has(.strip) {
            return components.indices.map { Array(components[$0...]) }
        }
        return [[components[components.count - 1]]]
    }

    /// What `--transform 's,x,NAME,'` makes of names.
    fileprivate var newNames: [[AbstractText]] {
        parsed.values.filter { $0.tags.contains(.transform) }.flatMap { value in
            value.value.literal?.replacements ?? []
        }
        .map { name in
            name.utf8.split(separator: UInt8(ascii: "/"))
                .map { AbstractText(ShellText(Array($0))) }
        }
        .filter { !$0.isEmpty }
    }
}

extension ParsedArguments.TypedValue {
    fileprivate var isWritten: Bool {
        switch type {
        case .write, .writeInto, .remoteWrite, .remoteMirror: true
        default: false
        }
    }
}

extension ShellText {
    fileprivate var isURL: Bool {
        utf8.firstIndex(of: UInt8(ascii: ":")).map { utf8[$0...].starts(with: "://".utf8) } ?? false
    }

    /// Whether a directory of this name is there before anything is written to it: `.`, `x/`.
    fileprivate var isDirectoryThatIsThere: Bool {
        let slash = UInt8(ascii: "/")
        let last = utf8.split(separator: slash, omittingEmptySubsequences: false).last ?? []
        return last.isEmpty || last.elementsEqual(".".utf8) || last.elementsEqual("..".utf8)
    }

    /// What stands for what is found in `s/…/…/` or several of them with `;` between; or in `/…/…/`.
    fileprivate var replacements: [ShellText] {
        var rest = Array(utf8)[...]
        if rest.first?.isLetterOrDigit == false { rest = "s".utf8 + rest }
        var found: [ShellText] = []
        while rest.popFirst() == UInt8(ascii: "s"), let mark = rest.popFirst() {
            _ = rest.part(until: mark)
            found.append(rest.part(until: mark))
            rest = rest.drop { $0 != UInt8(ascii: ";") }.dropFirst()
        }
        return found
    }
}

extension ArraySlice<UInt8> {
    /// Takes all up to a mark before which there is no backslash.
    fileprivate mutating func part(until mark: UInt8) -> ShellText {
        var bytes: [UInt8] = []
        while let byte = popFirst(), byte != mark {
            if byte == UInt8(ascii: "\\"), let next = popFirst() {
                bytes.append(next)
            } else {
                bytes.append(byte)
            }
        }
        return ShellText(bytes)
    }
}
