import ShellSyntax

// What `socat` does to open an address.

extension Interpreter {
    /// Makes the connection, starts the program, does what its options say.
    mutating func open(
        _ address: SocatAddress,
        _ stream: Stream,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let program = transfer.program
        if address.hasUnusualOptions {
            emit(.codeRun, frame, program: program, certainty: .possible, at: transfer.range)
        }
        touch(address, transfer, &state, frame)
        switch address.kind {
        case .connect:
            emit(
                .networkConnect,
                frame,
                program: program,
                address.endpoint(isRemote: true),
                at: transfer.range
            )
        case .connectLocally:
            emit(.networkConnect, frame, program: program, at: transfer.range)
        case .fileOrSocket:
            emit(.networkConnect, frame, program: program, at: transfer.range)
        case .listen, .listenAbstractly:
            emit(
                .networkListen,
                frame,
                program: program,
                address.endpoint(isRemote: false),
                at: transfer.range
            )
        case .listenLocally:
            access(.write, address.path, &state, frame, program: program, at: transfer.range)
        case .namedPipe:
            if !address.isReadOnly {
                access(.write, address.path, &state, frame, program: program, at: transfer.range)
            }
        case .program, .shell: try start(address, stream, transfer, &state, frame)
        case .standard, .terminal, .pipe, .file, .create: break
        }
    }

    /// Runs the program that stands in an address.
    private mutating func start(
        _ address: SocatAddress,
        _ stream: Stream,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var inner = try frame.nested().wrapped(by: transfer.program)
        inner.origin = .part(transfer.range)
        inner.input = stream
        inner.collects = false
        if let account = address.option(
            "su",
            "su-d",
            "su-e",
            "substuser",
            "substuser-delayed",
            "setuid",
            "uid"
        ) {
            inner.identity = .account(account)
        }
        if address.isQuoted || address.has("path", "chroot", "chroot-early") {
            // Quotes are read twice.
            emit(.codeRun, inner, program: transfer.program, at: transfer.range)
        }
        let text = AbstractText.replacingPlaceholders(in: address.command)
        if address.kind == .shell {
            try runShells(text, &state, inner, at: transfer.range)
            return
        }
        let words = address.command.utf8.split(separator: 0x20).map { word in
            Argument.one(.replacingPlaceholders(in: ShellText(Array(word))))
        }
        _ = try runVector(words, &state, inner, at: transfer.range)
    }

    /// Files that options of an address read, write, delete or change.
    private mutating func touch(
        _ address: SocatAddress,
        _ transfer: SocatTransfer,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        if address.kind.isFile, address.changesFile {
            let path = address.path
            self.access(.write, path, &state, frame, program: transfer.program, at: transfer.range)
        }
        for (name, value) in address.options {
            let access: FileAccess
            var file = value.map { AbstractText.replacingPlaceholders(in: $0) }
            switch name {
            case "lockfile", "waitlock", "history", "link", "symbolic-link": access = .write
            case "bind":
                // The name of the own end.
                guard address.kind == .connectLocally else { continue }
                access = .write
            case "cert", "certificate", "key", "cafile", "capath", "dhparam", "dhparams":
                access = .read
            case "user", "group", "uid", "gid", "mode", "perm", "owner", "user-early",
                "group-early",
                "perm-early", "user-late", "group-late", "perm-late", "uid-l", "gid-l":
                if !address.kind.isFile { continue }
                access = .permission
                file = address.path
            case "unlink", "unlink-early", "unlink-late":
                if !address.kind.isFile { continue }
                access = .delete
                file = address.path
            default: continue
            }
            guard let file else { continue }
            self.access(
                access,
                file,
                &state,
                frame,
                program: transfer.program,
                at: transfer.range
            )
        }
    }
}
