import ShellSyntax

// Files that `scp` and `rsync` read and write on other hosts.

extension Interpreter {
    /// `HOST:PATH`, `USER@HOST:PATH`, or a local path.
    mutating func remote(
        _ value: ParsedArguments.TypedValue,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        let access: FileAccess =
            switch value.type {
            case .remoteRead: .readTree
            case .remoteMirror: .deleteTree
            default: .writeInto
            }
        guard let host = value.value.remoteHost else {
            self.access(
                access,
                value.value,
                &state,
                frame,
                program: work.program,
                attributes: attributes(value.value, access, work, state),
                at: work.range
            )
            switch access {
            case .writeInto: displaceKey(value.value, work, &state, frame)
            case .readTree: removeKey(value.value, work, &state, frame)
            default: break
            }
            if access == .deleteTree {
                self.access(
                    .writeInto,
                    value.value,
                    &state,
                    frame,
                    program: work.program,
                    at: work.range
                )
            }
            return
        }
        emit(
            .networkConnect,
            frame,
            program: work.program,
            [.init(.host, .texts([host.name]))],
            at: work.range
        )
        var there = frame
        there.place = .within(.host, name: host.name)
        var other = ShellState(request.dialect)
        let path = host.path.fromHomeThere
        let names = work.values(of: .remoteRead).map(\.copiedName)
        // A file that is copied alone touches nothing else of the directory.
        let isFile = access == .writeInto && work.copiesFiles && !names.contains(nil)
        self.access(
            isFile ? .write : access,
            path,
            &other,
            there,
            program: work.program,
            at: work.range
        )
        if access == .deleteTree {
            self.access(.writeInto, path, &other, there, program: work.program, at: work.range)
        }
        guard access == .writeInto else { return }
        // What is copied keeps its name in a directory: `scp -r .ssh web1:/home/ana`.
        for name in names.compactMap(\.self) {
            let copies = paths(of: path, other).map { $0.appending([name]) }
            let access: FileAccess = isFile ? .write : .writeInto
            self.access(access, copies, there, program: work.program, at: work.range)
        }
    }
}

extension Interpreter {
    private func attributes(
        _ target: AbstractText,
        _ access: FileAccess,
        _ work: borrowing Performance,
        _ state: ShellState
    ) -> [ForeseenAction.Attribute] {
        if isDownload(target, access, work, state) { return [.extract] }
        guard access == .writeInto else { return [] }
        return bringsTree(target, work, state) ? [.fetch] : []
    }

    /// Notes that a key goes which is moved to another host, where it may as well be a file.
    private mutating func removeKey(
        _ source: AbstractText,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        let isMove =
            work.parsed.has(Tag("move"))
            || work.parsed.verbs.first.map { $0 == "move" || $0 == "moveto" } == true
        guard isMove, source.saysKey else { return }
        access(.delete, source, &state, frame, program: work.program, at: work.range)
    }

    /// Notes that something else may come to lie where a key is, as `cp` does.
    private mutating func displaceKey(
        _ target: AbstractText,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        guard target.saysKey, !work.values(of: .remoteRead).allSatisfy(\.saysKey) else { return }
        access(
            .write,
            target,
            &state,
            frame,
            program: work.program,
            attributes: [.displace],
            at: work.range
        )
    }

    /// Whether a tree of another host comes to lie over the directory where the line works.
    private func bringsTree(
        _ target: AbstractText,
        _ work: borrowing Performance,
        _ state: ShellState
    ) -> Bool {
        work.parsed.has(Tag("recursive")) && !work.remoteHosts.isEmpty
            && paths(of: target, state).contains { state.directories.contains($0) }
    }
}

extension ForeseenAction.Attribute {
    fileprivate static let fetch = Self(.verb, .texts(["fetch"]))
}

extension Performance {
    /// Whether no directory is copied: what its name is alone tells what is written.
    fileprivate var copiesFiles: Bool {
        program == "scp" && !parsed.has(Tag("recursive")) && !parsed.isUncertain
    }

    /// The hosts of its operands, each written out.
    var remoteHosts: [AbstractText] {
        let remotes = values(of: .remoteRead) + values(of: .remoteWrite) + values(of: .remoteMirror)
        let hosts = remotes.compactMap { $0.remoteHost?.name }
        return hosts.allSatisfy { $0.literal != nil } ? hosts : []
    }
}

extension AbstractText {
    /// A path of another host: relative to the home there, `~` and `~ana` read by a shell there.
    fileprivate var fromHomeThere: AbstractText {
        if literal?.isEmpty == true { return "." }
        guard case .text(let first) = pieces.first, first.utf8.first == UInt8(ascii: "~") else {
            return self
        }
        let account = Array(first.utf8.dropFirst().prefix { $0 != UInt8(ascii: "/") })
        let rest = ShellText(Array(first.utf8.dropFirst(1 + account.count)))
        let home = KnownDirectory.home(account.isEmpty ? nil : ShellText(account))
        return AbstractText([.directory(home), .text(rest)] + pieces.dropFirst())
    }

    /// What a source is called where it is copied to; nil where that is not told, or where only what
    /// is in it is copied: `rsync -a site/ web1:/srv`.
    fileprivate var copiedName: AbstractText? {
        let host = remoteHost
        let path = host?.path ?? self
        guard let literal = path.literal, literal.utf8.last != UInt8(ascii: "/") else { return nil }
        // A shell there may read more in it.
        guard host == nil || literal.utf8.allSatisfy(\.isPlainInPath) else { return nil }
        return AbstractPath(path, relativeTo: .unknown).components.last
    }

    /// Whether it is a path of another host.
    var isOfOtherHost: Bool { remoteHost != nil }

    fileprivate struct RemoteHost {
        let name: AbstractText
        let path: AbstractText
    }

    /// The host and the path of `[USER@]HOST:PATH`; nil for a local path.
    fileprivate var remoteHost: RemoteHost? {
        for (index, piece) in pieces.enumerated() {
            guard case .text(let text) = piece else { continue }
            guard let mark = text.utf8.firstIndex(where: { $0 == 0x3A || $0 == 0x2F }),
                text.utf8[mark] == 0x3A
            else {
                if text.utf8.contains(0x2F) { return nil }
                continue
            }
            let before = ShellText(Array(text.utf8[..<mark]))
            var after = Array(text.utf8[text.utf8.index(after: mark)...])
            // `HOST::MODULE` and `rsync://` are others' ways to write a host.
            while after.first == 0x3A { after.removeFirst() }
            let name = AbstractText(Array(pieces[..<index]) + [.text(before)])
            let path = AbstractText([.text(ShellText(after))] + pieces[(index + 1)...])
            return RemoteHost(name: name.withoutAccount, path: path)
        }
        return nil
    }

    /// Without `USER@`.
    private var withoutAccount: AbstractText {
        guard let literal, let mark = literal.utf8.lastIndex(of: UInt8(ascii: "@")) else {
            return self
        }
        return AbstractText(ShellText(Array(literal.utf8[literal.utf8.index(after: mark)...])))
    }
}

extension UInt8 {
    /// Whether it is a letter, a digit or a mark of which no shell makes anything.
    fileprivate var isPlainInPath: Bool {
        isLetterOrDigit || "/._-+,@%".utf8.contains(self)
    }
}
