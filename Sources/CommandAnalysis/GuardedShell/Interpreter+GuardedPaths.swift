import ShellSyntax

// Paths that lead into other processes: their descriptors, their memory, their terminals. Any
// process can open them, so these rules hold wherever a line leads.

extension Interpreter {
    /// Notes that a file is opened which is a descriptor, the memory or a terminal of a process.
    ///
    /// To look at names and attributes opens nothing.
    mutating func guardPath(
        _ text: AbstractText,
        _ access: FileAccess,
        _ state: ShellState,
        _ frame: Frame,
        _ program: ShellText?,
        at range: SourceRange
    ) {
        guard request.profile == .guarded, frame.place == .target, access != .look,
            !text.isOwnStream, !isSubstitution(text)
        else { return }
        var match = PatternMatch.no
        for directory in state.directories {
            let files = state.files
            let path = AbstractPath(text, relativeTo: directory, following: { files.resolve($0) })
            for path in files.resolutions(of: path) { match = max(match, path.leadsIntoProcesses) }
        }
        // `/dev/fd` is a link, behind which `..` leads elsewhere.
        if text.knownPrefix.utf8.starts(with: "/dev/fd/..".utf8) { match = .yes }
        guard match != .no else { return }
        emit(
            .path,
            frame,
            program: program,
            certainty: match == .yes ? nil : .possible,
            at: range
        )
    }

    /// Whether it is the name that `<(…)` got on this line.
    private func isSubstitution(_ text: AbstractText) -> Bool {
        guard let literal = text.literal, literal.utf8.starts(with: "/dev/fd/".utf8),
            let number = Int(literal.description.dropFirst("/dev/fd/".count))
        else { return false }
        return isSubstitution(number)
    }

    func isSubstitution(_ number: Int) -> Bool {
        number >= AnalysisLimits.lowestSubstitution && number < 1000
            && number >= 1000 - substitutions
    }

    /// Notes that a symbolic link is made to where such paths are.
    ///
    /// Its text may be relative to where the link is, and with `-r` to where the shell is.
    mutating func guardLink(
        to text: AbstractText,
        from folders: [AbstractPath],
        _ frame: Frame,
        _ program: ShellText,
        at range: SourceRange
    ) {
        guard request.profile == .guarded, frame.place == .target else { return }
        if AbstractPath(text, relativeTo: AbstractPath(root: .root)).root == .unknown {
            emit(.commandDynamic, frame, program: program, at: range)
        } else if folders.contains(where: { AbstractPath(text, relativeTo: $0).isOfProcesses }) {
            emit(.link, frame, program: program, at: range)
        }
    }

    /// `stty` sets up the terminal that it stands on; any other one may be that of the commands.
    mutating func guardTerminalSettings(_ call: Call, _ frame: Frame) {
        let words = call.arguments.dropFirst().map(\.literal)
        let namesDevice = words.contains { word in
            guard let word else { return false }
            return word.utf8.starts(with: "-F".utf8) || word.utf8.starts(with: "--f".utf8)
        }
        if namesDevice || frame.input != .client {
            emit(.terminalSettings, frame, program: "stty", at: call.range)
        } else if words.contains(nil) {
            // `stty "$saved"` is what `stty -g` said, or anything else.
            emit(.commandDynamic, frame, program: "stty", at: call.range)
        }
    }
}

extension AbstractText {
    /// Whether it is one of the three streams that every program has.
    fileprivate var isOwnStream: Bool {
        switch literal {
        case "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/0", "/dev/fd/1", "/dev/fd/2": true
        case _?, nil: false
        }
    }
}

extension AbstractPath {
    /// Whether it is below `/proc`, or where descriptors and terminals have their names.
    fileprivate var isOfProcesses: Bool {
        guard root == .root, let first = components.first else { return false }
        if first.mayBe(["proc"]) != .no { return true }
        guard first.mayBe(["dev"]) != .no, components.count >= 2 else { return false }
        return components[1].mayBe(["fd", "pts"]) != .no
    }

    /// Whether it is a descriptor or the memory of a process, or a terminal that programs have.
    fileprivate var leadsIntoProcesses: PatternMatch {
        guard root == .root, let first = components.first else { return .no }
        return max(
            min(first.mayBe(["proc"]), isInProcess),
            min(first.mayBe(["dev"]), isDevice)
        )
    }

    /// `/proc/PID/fd/N`, `/proc/PID/task/TID/mem` and their kind.
    private var isInProcess: PatternMatch {
        var match = PatternMatch.no
        for (index, component) in components.enumerated().dropFirst(2) {
            let isLast = index == components.count - 1
            let names: Set<ShellText> = isLast ? ["mem"] : ["fd", "map_files"]
            match = max(match, component.mayBe(names))
        }
        // What is not known at the end may be more than one component.
        if components.count >= 2, components.last?.mayBeSeveral == true {
            match = max(match, .perhaps)
        }
        return match
    }

    /// `/dev/fd/N`, `/dev/pts/N`.
    private var isDevice: PatternMatch {
        guard components.count >= 2 else { return .no }
        if components.count == 2 { return components[1].mayBeSeveral ? .perhaps : .no }
        return components[1].mayBe(["fd", "pts"])
    }
}

extension AbstractText {
    /// Whether it may be one of these names.
    fileprivate func mayBe(_ names: Set<ShellText>) -> PatternMatch {
        if let literal { return names.contains(literal) ? .yes : .no }
        let prefix = knownPrefix.utf8
        return names.contains { $0.utf8.starts(with: prefix) } ? .perhaps : .no
    }

    /// Whether it may hold slashes.
    var mayBeSeveral: Bool {
        pieces.contains { piece in
            guard case .unknown(let unknown) = piece else { return false }
            return unknown.shape == .text || unknown.shape == .relativePath
        }
    }
}
