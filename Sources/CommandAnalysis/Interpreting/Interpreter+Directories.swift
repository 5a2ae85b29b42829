import ShellSyntax

// `cd`, `pushd`, `popd`: where the shell is.

extension Interpreter {
    /// `cd`: where the shell is afterwards, and where it is if that failed.
    mutating func changeDirectory(_ arguments: [Argument], _ state: inout ShellState) {
        var rest = arguments[...]
        var isTaken = !state.flags.isRestricted
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-"),
            option.utf8.count > 1
        {
            rest.removeFirst()
            if option == "--" { break }
            if !option.utf8.dropFirst().allSatisfy({ "LP".utf8.contains($0) }) { isTaken = false }
        }
        state.variables["PWD"] = nil
        state.variables["OLDPWD"] = nil
        let before = state.directories
        let target: AbstractText?
        switch rest.first {
        case nil: target = directory(in: "HOME", state)
        case .one(let text): target = text
        // Hardly any variable is set in an exec, and then it is one word.
        case .any(let unknown): target = unknown.isOfEnvironment ? AbstractText(unknown) : nil
        }
        guard let target, rest.count <= 1 else {
            state.previousDirectory = before.count == 1 ? before[0] : nil
            state.directories = [.unknown]
            return
        }
        if target.literal == "-" {
            let previous = state.previousDirectory ?? .unknown
            state.previousDirectory = before.count == 1 ? before[0] : nil
            state.directories = [previous]
            state.directoriesOnFailure = isTaken && previous.isOfEveryHost ? [] : before
            return
        }
        // CDPATH leads relative names elsewhere.
        let isElsewhere = state.variables["CDPATH"] != nil
        // A shell goes up by names, so that `..` behind a link is where the link is.
        let paths =
            isElsewhere
            ? [AbstractPath.unknown]
            : before.flatMap {
                state.files.resolutions(of: AbstractPath(target, relativeTo: $0))
            }
        state.previousDirectory = before.count == 1 ? before[0] : nil
        state.directories = paths
        state.isDirectoryUnset = target.isUnset
        state.directoriesOnFailure = isTaken && paths.allSatisfy { exists($0, state) } ? [] : before
    }

    /// Whether the directory is there on every host: to make one may fail.
    private func exists(_ path: AbstractPath, _ state: ShellState) -> Bool {
        if case .known(.home(nil)) = path.root, path.components.isEmpty { return true }
        return path.isOfEveryHost
    }

    mutating func pushDirectory(
        _ name: ShellText,
        _ arguments: [Argument],
        _ state: inout ShellState
    ) {
        let isPlain =
            name == "pushd" && arguments.count == 1
            && arguments[0].literal.map { ![0x2B, 0x2D].contains($0.utf8.first) } == true
        state.variables["PWD"] = nil
        state.variables["OLDPWD"] = nil
        guard isPlain else {
            state.previousDirectory = nil
            state.directories =
                name == "popd" && arguments.isEmpty
                ? [state.stack.popLast() ?? .unknown] : [.unknown]
            return
        }
        if state.directories.count == 1 { state.stack.append(state.directories[0]) }
        changeDirectory(arguments, &state)
    }
}

extension AbstractPath {
    /// Whether it is a directory that every host has.
    var isOfEveryHost: Bool { literal.map(Self.directoriesOfEveryHost.contains) ?? false }

    private static let directoriesOfEveryHost: Set<ShellText> = [
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/opt", "/proc", "/run", "/sbin",
        "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/share", "/var",
        "/var/cache", "/var/lib", "/var/log", "/var/tmp",
    ]
}

// A directory is no program.

extension Interpreter {
    /// The directory that the name is, on every system and in every container.
    func directoryOfAnySystem(_ name: ShellText, _ state: ShellState) -> AbstractPath? {
        guard name.utf8.first == UInt8(ascii: "/") else { return nil }
        let paths = paths(of: AbstractText(name), state)
        guard paths.count == 1, let literal = paths[0].literal,
            Self.directoriesOfAnySystem.contains(literal)
        else { return nil }
        return paths[0]
    }

    private static let directoriesOfAnySystem: Set<ShellText> = [
        "/", "/bin", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/tmp", "/usr", "/usr/bin",
        "/usr/lib", "/var",
    ]
}
