/// Which kind of shell reads a command line.
public enum ShellProfile: Hashable, Sendable {
    /// One that ends with the line: what the line does to that shell is nobody's danger.
    case exec
    /// One that reads the next line too, and must still be in order then.
    ///
    /// It is interactive bash that takes commands from a channel of its own. Its standard input is
    /// the terminal while a line runs, whatever the request says of the client's input.
    case guarded
}

/// What a command that is walked is to the shell that reads the next line.
///
/// Which of the dangers hold where:
///
/// - `same`: all of them. Whatever runs in that shell can close its descriptors, give its names
///   another meaning and change how it reads.
/// - `copy`: a subshell has the descriptors of its parent, those included that bash keeps for
///   itself, so that it could take what is sent to it; and text that is typed would run in it. What
///   it sets, defines, traps and switches is gone with it, and closing its descriptors leaves those
///   of the parent open.
/// - `other`: a process that was started. bash closes what it keeps for itself there. Left are what
///   any process can do: files that are terminals and descriptors of others, programs that take
///   commands from the terminal, and typed text that a shell or its line editor runs.
enum ShellRelation: Hashable, Sendable {
    /// It is that shell: `eval`, `.`, functions, groups, loops and traps run in it too.
    case same
    /// It is a copy of that shell: `( … )`, `$( … )`, `&`, part of a pipeline.
    case copy
    /// It is another process, or there is no such shell.
    case other
}

extension Frame {
    /// The same in a subshell.
    var inCopy: Frame {
        var frame = self
        if shell == .same { frame.shell = .copy }
        // `break` leads out of none of the loops around it.
        frame.isInLoop = false
        return frame
    }

    /// The same for an assignment that one program gets in its environment.
    var temporary: Frame {
        var frame = self
        frame.isTemporary = true
        return frame
    }
}

extension AnalysisRequest {
    /// Whether a program that reads the client's input reads it from a terminal.
    var readsFromTerminal: Bool { hasTerminal || profile == .guarded }

    /// What the client sends; in a guarded shell a terminal stands there in any case.
    var standardInput: Stream { profile == .guarded ? .client : input.stream }
}
