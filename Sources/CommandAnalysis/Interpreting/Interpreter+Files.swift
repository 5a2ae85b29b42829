import ShellSyntax

// Paths, and what touching one means.

extension Interpreter {
    /// Remembers the actions of touching a file: that of a text, or those that it is known to be.
    mutating func access(
        _ access: FileAccess,
        _ text: AbstractText,
        being known: [AbstractPath]? = nil,
        _ state: inout ShellState,
        _ frame: Frame,
        program: ShellText? = nil,
        attributes: [ForeseenAction.Attribute] = [],
        at range: SourceRange
    ) {
        if let connection = text.networkDevice {
            emit(.networkConnect, frame, program: program, connection, at: range)
            // Nobody knows what listens there, and what the text means to it.
            if !access.reads || access == .edit, !frame.sendsNothing {
                emit(.codeRun, frame, program: program, at: range)
            }
            return
        }
        guard text.weight <= AnalysisLimits.pathBytes else {
            effort.refuse(.tooLongPath)
            return
        }
        guardPath(text, access, state, frame, program, at: range)
        if access.reads, text.isStream, case .text = frame.input { use(frame.input, as: .data) }
        // No file is called nothing. Whoever writes `> "$1"` means one that the text does not tell.
        let isNameless = text.literal?.isEmpty == true && !access.onlyReads
        let isUnknown = isNameless || text.isBehindLink && !access.onlyReads
        let paths = isUnknown ? [.unknown] : known ?? paths(of: text, state)
        let isTree = access.isRecursive || attributes.contains { $0.name == .recursive }
        if access == .permission, !attributes.leavesWritable {
            for path in paths {
                effort.remember(state.files.count)
                if effort.isOver { return }
                state.files.keep(path, below: isTree)
            }
        }
        if access.changes, !state.files.isEmpty, text.knownPrefix.begins(with: "/proc/") {
            state.files.forget(.unknown, below: true)
        }
        if access.changes || access.deletes {
            for path in behindDescriptors(paths, access) {
                effort.remember(state.files.count)
                if effort.isOver { break }
                state.files.forget(path, below: isTree)
                if access.changes,
                    concurrentFiles.write(path, isBelow: isTree, by: frame.activity)
                {
                    // What runs beside it uses what is in it.
                    emit(.codeRun, frame, program: program, certainty: .possible, at: range)
                }
                // What decompresses a file in its place writes one without the ending.
                if access == .edit, let other = path.withoutEnding {
                    state.files.forget(other, below: false)
                    if frame.place == .target, path.isCompressed {
                        sources.paths.insert(other, below: false)
                    }
                }
            }
        }
        self.access(
            access,
            paths,
            frame,
            program: program,
            attributes: attributes,
            isUnset: text.isUnset || state.isDirectoryUnset && text.isRelative,
            at: range
        )
    }

    mutating func access(
        _ access: FileAccess,
        _ paths: [AbstractPath],
        _ frame: Frame,
        program: ShellText?,
        attributes: [ForeseenAction.Attribute] = [],
        isUnset: Bool = false,
        at range: SourceRange
    ) {
        let meant = behindDescriptors(paths, access)
            .compactMap { isNothing($0) ? nil : $0.behindLinks(access) }
        if meant.isEmpty { return }
        let isInHome = meant.contains { $0.root == .known(.home(nil)) }
        let shown = isInHome ? meant.map { $0.fromStart(frame) } : meant
        let isRecursive = access.isRecursive || attributes.contains { $0.name == .recursive }
        // An empty file where there is none matters where its name alone does.
        let isMade = attributes.contains(.make)
        var frame = frame
        if isMade { frame.isCertain = false }
        for action in access.actions where !isMade {
            var list: [ForeseenAction.Attribute] = [.init(.path, .paths(shown))]
            if isRecursive { list.append(.init(.recursive, .flag(true))) }
            for attribute in attributes
            where attribute.name != .recursive && attribute.name != .path
                && action.has(attribute.name) && (action != .fileRead || attribute != .edit)
            {
                list.append(attribute)
            }
            emit(action, frame, program: program, list, at: range)
        }
        if access.changes { noteNames(of: meant, frame, program, at: range) }
        let isExtracted = attributes.contains(.extract)
        for path in meant where access != .look {
            if isExtracted, path.isHome {
                // Whatever else is in an archive, nobody tells.
                emit(
                    .guardEscape,
                    frame,
                    program: program,
                    [.init(.path, .paths([path])), .extract],
                    certainty: .possible,
                    at: range
                )
                continue
            }
            classify(path, access, attributes, frame, program, at: range)
            // A file of which nothing is known may be one with secrets.
            if path.root == .unknown, access.reads, !isUnset || path.saysSecret {
                emit(
                    .secretRead,
                    frame,
                    program: program,
                    [.init(.path, .paths([path]))],
                    certainty: .possible,
                    at: range
                )
            }
        }
    }
}

extension AbstractPath {
    /// The path, or one of which nothing is known: what is done to a link that was looked for is done
    /// to what it leads to, unless it is only looked at, read or deleted.
    fileprivate func behindLinks(_ access: FileAccess) -> AbstractPath {
        guard !access.onlyReads,
            let index = components.firstIndex(where: { $0.hasPiece(from: .link, .behindLink) })
        else { return self }
        switch access {
        case .delete, .deleteTree, .link:
            let isLink = index == components.count - 1 && components[index].hasPiece(from: .link)
            return isLink ? self : .unknown
        case .look, .read, .readTree, .backUp, .secret: return self
        case .write, .writeInto, .edit, .permission, .device: return .unknown
        }
    }

    /// The path from where the command line starts, which is the home of the login.
    fileprivate func fromStart(_ frame: Frame) -> AbstractPath {
        guard root == .known(.home(nil)), frame.identity == .login, frame.place == .target else {
            return self
        }
        return AbstractPath(root: .known(.start), components: components, levelsUp: levelsUp)
    }
}

extension AbstractText {
    /// Whether it begins with a variable that the line has not touched, and whose name says nothing of
    /// secrets: in an exec hardly any variable is set.
    var isUnset: Bool {
        guard case .unknown(let unknown) = pieces.first,
            case .environment(let name) = unknown.origin
        else { return false }
        return !name.saysSecret
    }

    /// Whether it is the name of a link that was looked for with a slash behind it: what it leads to.
    fileprivate var isBehindLink: Bool {
        guard hasPiece(from: .link), case .text(let end) = pieces.last else { return false }
        return end.utf8.last == UInt8(ascii: "/") || end.utf8.suffix(2).elementsEqual("/.".utf8)
    }

    fileprivate func hasPiece(from origins: UnknownText.Origin...) -> Bool {
        pieces.contains { piece in
            guard case .unknown(let unknown) = piece else { return false }
            return origins.contains(unknown.origin)
        }
    }

    /// Whether it is written out, and not from `/` on.
    fileprivate var isRelative: Bool {
        switch pieces.first {
        case .text(let text): text.utf8.first != UInt8(ascii: "/")
        case .wildcard: true
        case .unknown, .directory, nil: false
        }
    }

    /// Where bash connects to when it opens `/dev/tcp/HOST/PORT`.
    var networkDevice: [ForeseenAction.Attribute]? {
        let prefix = knownPrefix
        guard prefix.begins(with: "/dev/"),
            prefix.begins(with: "/dev/tcp/") || prefix.begins(with: "/dev/udp/")
        else { return nil }
        guard let literal else {
            let unknown = AbstractText.notComputed
            return [.init(.host, .texts([unknown]))]
        }
        let parts = literal.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: true
        )
        guard parts.count == 4 else { return nil }
        return [
            .init(.host, .texts([AbstractText(ShellText(Array(parts[2])))])),
            .init(.port, .texts([AbstractText(ShellText(Array(parts[3])))])),
        ]
    }
}

extension AbstractPath {
    /// Whether a component is hidden, not known, or named as files with secrets are.
    fileprivate var saysSecret: Bool {
        components.contains { component in
            guard let name = component.literal else { return true }
            return name.saysSecret || name.utf8.first == UInt8(ascii: ".")
        }
    }
}

extension ShellText {
    /// Whether a name of a variable or a file is one of those that secrets have.
    fileprivate var saysSecret: Bool {
        let bytes = Array(utf8)
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            let upper = description.uppercased()
            return Self.secretWords.contains { upper.contains($0) }
        }
        let upper = bytes.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        return upper.indices.contains { start in
            Self.secretBytes.contains { word in
                word[0] == upper[start] && upper[start...].starts(with: word)
            }
        }
    }

    private static let secretBytes = secretWords.map { Array($0.utf8) }
    private static let secretWords = [
        "KEY", "SECRET", "TOKEN", "CRED", "PASS", "AUTH", "CERT", "CONF", "HOME", "SSH", "PRIVATE",
        "SHADOW", "PEM", "ID_", "ROOT", "ETC",
    ]
}

extension [ForeseenAction.Attribute] {
    /// Whether a mode is given that takes from nobody the right to write a file of his own.
    var leavesWritable: Bool {
        guard contains(where: { $0.name == .mode }),
            !contains(where: { $0.name == .owner || $0.name == .group })
        else { return false }
        return allSatisfy { attribute in
            guard attribute.name == .mode else { return true }
            guard case .texts(let modes) = attribute.value else { return false }
            return modes.allSatisfy { $0.literal?.leavesWritable ?? false }
        }
    }
}

extension ShellText {
    /// Whether as a mode it leaves the owner the right to write: `755`, `+x`, `u+x,go-w`.
    fileprivate var leavesWritable: Bool {
        let bytes = Array(utf8)
        if bytes.allSatisfy({ (0x30...0x37).contains($0) }) {
            // Missing digits are zeros in front.
            return bytes.count >= 3 && (bytes[bytes.count - 3] - 0x30) & 2 != 0
        }
        return bytes.split(separator: UInt8(ascii: ",")).allSatisfy { clause in
            let whom = clause.prefix { "ugoa".utf8.contains($0) }
            let isOfOthers = !whom.isEmpty && whom.allSatisfy { "go".utf8.contains($0) }
            return isOfOthers
                || clause.dropFirst(whom.count).first == UInt8(ascii: "+")
                    && clause.dropFirst(whom.count + 1).allSatisfy { "rwxX".utf8.contains($0) }
        }
    }
}
