import ShellSyntax

// Other names of the same file.

extension AbstractPath {
    /// The path without the detours that `/proc` and `/dev/fd` offer.
    ///
    /// `/proc/PID/root/etc` is `/etc`, `/proc/self/cwd/x` is in the directory where the shell is,
    /// and of another process's directories and descriptors nothing is known.
    func withoutAliases(_ directories: [AbstractPath]) -> AbstractPath {
        guard root == .root, components.count >= 3, components[0].literal == "proc" else {
            return self
        }
        let isTask = components.count >= 5 && components[2].literal == "task"
        let index = isTask ? 4 : 2
        let rest = Array(components[(index + 1)...])
        switch components[index].literal {
        case "root": return AbstractPath(root: .root, components: rest)
        case "cwd":
            guard components[1].literal == "self", directories.count == 1 else {
                return AbstractPath(root: .unknown, components: rest)
            }
            let base = directories[0]
            return AbstractPath(
                root: base.root,
                components: base.components + rest,
                levelsUp: base.levelsUp
            )
        case "fd" where !rest.isEmpty, "exe", "mem", "map_files":
            return AbstractPath(root: .unknown, components: rest)
        case _?: return self
        case nil:
            // A pattern may be any of them.
            return AbstractPath(root: .unknown, components: rest)
        }
    }
}
