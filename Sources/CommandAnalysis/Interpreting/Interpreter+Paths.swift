import ShellSyntax

// Which file a text means, and what is in it.

extension Interpreter {
    /// The paths that a text may be, links that the line made followed.
    func paths(of text: AbstractText, _ state: ShellState) -> [AbstractPath] {
        Self.paths(of: text, state.directories, state.files)
    }

    /// The paths that a text may be to a shell that may be in these directories and made these files.
    private static func paths(
        of text: AbstractText,
        _ directories: [AbstractPath],
        _ files: FileTable
    ) -> [AbstractPath] {
        if directories.count == 1 {
            return [path(of: text, in: directories[0], of: directories, files)]
        }
        var paths: [AbstractPath] = []
        for directory in directories {
            let path = path(of: text, in: directory, of: directories, files)
            if !paths.contains(path) { paths.append(path) }
        }
        return paths
    }

    private static func path(
        of text: AbstractText,
        in directory: AbstractPath,
        of directories: [AbstractPath],
        _ files: FileTable
    ) -> AbstractPath {
        let path =
            files.isEmpty
            ? AbstractPath(text, relativeTo: directory)
            : AbstractPath(text, relativeTo: directory, following: { files.resolve($0) })
        return files.resolve(path.withoutAliases(directories))
    }

    func isNothing(_ path: AbstractPath) -> Bool { knowledge.isNothing(path) }

    /// What tells what is in a file that the line wrote: a closure, without all else that a shell
    /// remembers.
    func contents(_ state: ShellState) -> (AbstractText) -> Stream {
        { [directories = state.directories, files = state.files, knowledge] text in
            Self.content(of: text, directories, files, knowledge)
        }
    }

    /// What is in a file, where the line itself wrote it.
    func content(of text: AbstractText, _ state: ShellState) -> Stream {
        Self.content(of: text, state.directories, state.files, knowledge)
    }

    private static func content(
        of text: AbstractText,
        _ directories: [AbstractPath],
        _ files: FileTable,
        _ knowledge: KnowledgeBase
    ) -> Stream {
        let paths = paths(of: text, directories, files)
        let unknown = Stream.unknown(UnknownText(.text, from: .file))
        guard paths.count == 1 else { return unknown }
        switch files[paths[0]] {
        case .text(let text): return .text(text)
        case .copy(let original):
            if case .text(let text) = files[original] { return .text(text) }
            return unknown
        case nil where knowledge.isNothing(paths[0]): return .nothing
        case nil where knowledge.isNumber(paths[0]):
            return .unknown(UnknownText(.digits, from: paths[0].processes ?? .file))
        case .link, .directory, .unknown, nil: return unknown
        }
    }
}

extension AbstractPath {
    /// Of which processes the number in the file is: `/run/nginx.pid`.
    fileprivate var processes: UnknownText.Origin? {
        components.last?.literal?.nameOfNumber.map { .processes([$0]) }
    }
}
