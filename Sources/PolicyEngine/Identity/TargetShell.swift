/// What reads a command line on a target.
package enum TargetShell: Hashable, Sendable, CustomStringConvertible {
    /// A POSIX shell, by absolute path.
    case program(String)
    /// None: the bytes go to whatever the account has, as they are.
    case none

    /// LIMIT: a path is an operand of every command.
    package static let maximumBytes = 255

    /// Shells that read no start-up file with `-c` once BASH_ENV and ENV are gone.
    ///
    /// zsh reads `.zshenv`, fish its `config.fish` and csh its `.cshrc` even then, so what runs
    /// would not be what was decided.
    static let knownPrograms = ["ash", "bash", "dash", "ksh", "ksh93", "mksh", "sh", "yash"]
    static let expected =
        "`none` or the absolute path of one of \(knownPrograms.joined(separator: ", "))"

    /// Nil where the text is neither `none` nor the plain absolute path of a known shell.
    package init?(_ text: String) {
        if text == "none" {
            self = .none
            return
        }
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumBytes, components.first == "", components.count >= 2,
            components.dropFirst().allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            text.utf8.allSatisfy({
                NameGrammar.isLetterOrDigit($0) || "/._+-".utf8.contains($0)
            }),
            let program = components.last, Self.knownPrograms.contains(String(program))
        else { return nil }
        self = .program(text)
    }

    /// Whether it understands bash's own options.
    package var isBash: Bool {
        switch self {
        case .program(let path): path.hasSuffix("/bash")
        case .none: false
        }
    }

    package var description: String {
        switch self {
        case .program(let path): path
        case .none: "none"
        }
    }
}

/// How the login shell of a target's accounts reads quotes; sshd runs every forced command with it.
package enum LoginShellFamily: String, Hashable, Sendable, CaseIterable {
    /// sh, dash, bash, ksh, zsh.
    case posix
    /// csh and tcsh.
    case csh
    case fish
}
