import ShellSyntax

// Where a line of a guarded shell may end while the shell goes on: what comes behind was not run, and
// the next line finds what held there.

extension Interpreter {
    /// Notes that somebody may end the line while the command runs.
    mutating func noteInterrupt(by command: Command, _ state: inout ShellState, _ frame: Frame) {
        // Hardly any request is of a guarded shell, and each command is asked.
        if request.profile == .guarded, !command.isQuick { noteInterrupt(&state, frame) }
    }

    /// Notes that somebody may end the line here, or that it may end by itself.
    mutating func noteInterrupt(_ state: inout ShellState, _ frame: Frame) {
        guard request.profile == .guarded, frame.shell == .same else { return }
        state.leaveLine()
    }
}

extension Command {
    /// Whether it waits for nothing, so that nobody can interrupt it; what is in a group, a branch or a
    /// loop is asked by itself.
    fileprivate var isQuick: Bool {
        switch self {
        case .function, .coprocess: return true
        case .compound(let command):
            switch command.body {
            case .subshell, .selectLoop: return false
            default: return !command.redirections.contains(where: \.canFail)
            }
        case .simple(let command):
            guard !command.redirections.contains(where: \.canFail),
                command.assignments.allSatisfy(\.isQuick),
                command.words.allSatisfy(\.isQuick)
            else { return false }
            guard let first = command.words.first else { return true }
            return first.literal.map(Self.quickBuiltins.contains) ?? false
        }
    }

    private static let quickBuiltins: NameSet = [
        ":", "[", "alias", "break", "cd", "continue", "declare", "dirs", "echo", "export", "false",
        "getopts", "hash", "jobs", "let", "local", "popd", "printf", "pushd", "pwd", "readonly",
        "return", "set", "shift", "shopt", "test", "trap", "true", "type", "typeset", "umask",
        "unalias", "unset",
    ]
}

extension Assignment {
    /// Whether nothing runs to make its value.
    fileprivate var isQuick: Bool {
        guard subscripting == nil else { return false }
        switch value {
        case .word(let word): return word.isQuick
        case .array(let array):
            return array.elements.allSatisfy { $0.subscripting == nil && $0.value.isQuick }
        }
    }
}

extension Word {
    /// Whether nothing runs to make it.
    fileprivate var isQuick: Bool {
        parts.allSatisfy { part in
            switch part {
            case .literal, .escaped, .singleQuoted, .ansiCQuoted, .tilde: true
            case .parameter(let expansion): expansion.operation == nil
            case .doubleQuoted(let quoted):
                quoted.parts.allSatisfy { part in
                    if case .parameter(let expansion) = part { return expansion.operation == nil }
                    return [part].plainText != nil
                }
            case .commandSubstitution, .arithmetic, .processSubstitution, .braceExpansion,
                .extendedGlob, .array, .deferredError:
                false
            }
        }
    }
}
