/// How surely a shell comes to what stands next, and what it prints with that.
///
/// A subshell, a function or a loop that ends early leaves the line going on, with less printed than
/// stands there.
struct ShellProgress: Hashable, Sendable {
    /// Whether any command may end the shell: `set -e`, `set -u`, `ulimit`.
    var mayEnd = false
    /// Whether one perhaps did: `exit`, `exec`, `${x:?}`, an assignment that fails.
    var hasPerhapsEnded = false
    /// Whether some of what was printed since is perhaps not printed.
    var printsPerhaps = false

    /// What a subshell starts with.
    var forked: ShellProgress { ShellProgress(mayEnd: mayEnd) }

    mutating func formUnion(_ other: ShellProgress) {
        mayEnd = mayEnd || other.mayEnd
        hasPerhapsEnded = hasPerhapsEnded || other.hasPerhapsEnded
        printsPerhaps = printsPerhaps || other.printsPerhaps
    }
}

extension ShellState {
    /// Takes over what a subshell did to files, which perhaps ended before it did.
    mutating func takeFiles(of subshell: ShellState) {
        let before = files
        files = subshell.files
        if subshell.hasPerhapsLeft { files.join(before) }
    }

    /// Takes over what a subshell left of the input.
    mutating func takeInput(of subshell: ShellState) {
        if subshell.hasPerhapsLeft, input != subshell.input {
            input = .unknown(UnknownText(.text, from: .input))
        } else {
            input = subshell.input
        }
    }

    /// Whether what comes next perhaps does not run.
    var hasPerhapsLeft: Bool {
        progress.hasPerhapsEnded || !departures.isEmpty
    }
}
