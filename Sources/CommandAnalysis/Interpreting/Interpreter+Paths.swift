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
        if directories.count == 1, files.isEmpty {
            let path = AbstractPath(text, relativeTo: directories[0])
            return [path.withoutAliases(directories)]
        }
        var paths: [AbstractPath] = []
        for directory in directories {
            let behindLinks = AbstractPath(
                text,
                relativeTo: directory,
                following: { files.resolve($0) }
            )
            let written = AbstractPath(text, relativeTo: directory)
            for path in written == behindLinks ? [written] : [behindLinks, written] {
                for path in files.resolutions(of: path.withoutAliases(directories))
                where !paths.contains(path) {
                    paths.append(path)
                }
            }
        }
        return paths
    }

    func isNothing(_ path: AbstractPath) -> Bool { knowledge.isNothing(path) }

    /// What tells what is in a file that the line wrote: a closure, without all else that a shell
    /// remembers.
    func contents(_ state: ShellState, _ frame: Frame) -> (AbstractText) -> Stream {
        { [directories = state.directories, files = state.files, knowledge, concurrentFiles] text in
            let paths = Self.paths(of: text, directories, files)
            return Self.content(of: paths, files, knowledge) { path in
                concurrentFiles.read(path, by: frame.activity)
            }
        }
    }

    /// What is in a file, where the line itself wrote it.
    func content(of text: AbstractText, _ state: ShellState, _ frame: Frame) -> Stream {
        contents(state, frame)(text)
    }

    /// What is in a file, if what was to write it did.
    func perhapsContent(of text: AbstractText, _ state: ShellState) -> AbstractText? {
        let paths = paths(of: text, state)
        guard paths.count == 1, case .perhapsText(let text) = state.files[paths[0]] else {
            return nil
        }
        return text
    }

    private static func content(
        of paths: [AbstractPath],
        _ files: FileTable,
        _ knowledge: KnowledgeBase,
        isChanging: (AbstractPath) -> Bool
    ) -> Stream {
        let unknown = Stream.unknown(UnknownText(.text, from: .file))
        guard paths.count == 1 else { return unknown }
        switch files[paths[0]] {
        case .text(let text): return isChanging(paths[0]) ? unknown : .text(text)
        case .copy(let original):
            if case .text(let text) = files[original] {
                return isChanging(original) || isChanging(paths[0]) ? unknown : .text(text)
            }
            return unknown
        case nil where knowledge.isNothing(paths[0]): return .nothing
        case nil where knowledge.isNumber(paths[0]):
            return .unknown(UnknownText(.digits, from: paths[0].processes ?? .file))
        case .perhapsText, .link, .directory, .unknown, nil: return unknown
        }
    }
}

extension AbstractPath {
    /// Of which processes the number in the file is: `/run/nginx.pid`.
    fileprivate var processes: UnknownText.Origin? {
        components.last?.literal?.nameOfNumber.map { .processes([$0]) }
    }
}
