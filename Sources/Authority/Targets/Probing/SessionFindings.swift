import PlainText
import PolicyEngine
import SessionProtocol

/// Whether what was decided is what runs, and in which surroundings.
struct SessionFindings: Sendable {
    /// LIMIT: of foreign output in a finding.
    static let shownCharacters = 160
    /// LIMIT: a start-up file that takes longer is felt in every command.
    static let slowStartMilliseconds: UInt64 = 1500

    let evidence: TargetEvidence
    let session: SessionProbe?
    let loginShell: LoginProbe?

    init(_ evidence: TargetEvidence) {
        self.evidence = evidence
        session = evidence.session?.performance.flatMap {
            SessionProbe($0.output, evidence.text)
        }
        loginShell = evidence.loginShell?.performance.flatMap {
            LoginProbe($0.output, evidence.text)
        }
    }

    var findings: [Diagnosis] {
        guard evidence.session != nil else { return withoutShell }
        guard let session else { return nothingHeard + exec + environment }
        return [
            Diagnosis.ok("forced-command", "what the certificate says runs, and nothing else")
        ] + startUp(session) + exec + environment
            + SurroundingFindings(evidence: evidence, session: session).findings
    }

    /// Foreign output as it may stand in a finding.
    static func shown(_ bytes: [UInt8]) -> String {
        let text = PrintableText.escaped(
            String(decoding: bytes, as: UTF8.self),
            limit: shownCharacters
        )
        return text.isEmpty ? "nothing" : "`\(text)`"
    }

    // MARK: What ran instead

    private var nothingHeard: [Diagnosis] {
        let performance = evidence.session?.performance
        let output = Self.shown(performance?.output ?? [])
        let how = Self.end(performance?.result)
        if loginShell == nil {
            let isNoLogin = output.contains("not available")
            return [
                .error(
                    "forced-command",
                    "something else runs instead of what the certificate says; it prints "
                        + "\(output) and \(how)",
                    isNoLogin
                        ? "give `\(evidence.login)` a shell (`usermod -s /bin/dash`)"
                        : "a ForceCommand in its sshd_config overrides ours: `ForceCommand none` "
                            + "in a Match block (`sallyport target snippet \(evidence.target.name)`); "
                            + "or a start-up file of the account ends or replaces the shell"
                )
            ]
        }
        var findings: [Diagnosis] = []
        if let path = shellPath, loginShell?.shellExists == false {
            findings.append(
                .error(
                    "shell",
                    "`\(path)` is not there, or cannot be executed",
                    "install it, or set `shell:` of the target to what it has"
                )
            )
        }
        if let mismatch = familyMismatch { findings.append(mismatch) }
        if findings.isEmpty, !isExecShadowed {
            findings.append(
                .error(
                    "session",
                    "the command of a session does not run: it prints \(output) and \(how)",
                    "it needs /usr/bin/env and the `shell:` of the inventory; the login shell must "
                        + "take `exec`, which a restricted one does not"
                )
            )
        }
        return findings
    }

    /// With `shell: none` nothing is promised about what reads the bytes.
    private var withoutShell: [Diagnosis] {
        guard loginShell == nil else {
            return [
                .ok("forced-command", "what the certificate says is what the account's shell gets")
            ]
        }
        let output = Self.shown(evidence.loginShell?.performance?.output ?? [])
        return [
            .warning(
                "forced-command",
                "it does not answer as a shell would, and prints \(output)",
                "as it should be for a device with `shell: none`; otherwise look for a ForceCommand"
            )
        ]
    }

    private static func end(_ result: SessionProtocol.ProgramResult?) -> String {
        switch result {
        case .exitStatus(let status): "ends with status \(status)"
        case .exitSignal(let name, _, _):
            "is ended by signal \(PrintableText.escaped(name, limit: 16))"
        case .some(.none), nil: "ends without a status"
        }
    }

    private var shellPath: String? {
        switch evidence.target.shell {
        case .program(let path): path
        case .none: nil
        }
    }

    // MARK: The login shell

    private func startUp(_ session: SessionProbe) -> [Diagnosis] {
        var findings: [Diagnosis] = []
        if !session.noise.isEmpty {
            findings.append(
                .warning(
                    "start-up",
                    "something is printed before the command, \(session.noise.count.counted("byte")): "
                        + Self.shown(session.noise),
                    "start-up files of `\(evidence.login)` must print only for a terminal: scp, "
                        + "rsync, git and Ansible take it for their own"
                )
            )
        }
        for trap in loginShell?.traps ?? [] {
            findings.append(
                .warning(
                    "start-up",
                    "the login shell runs something by itself: \(Self.shown(Array(trap.utf8)))",
                    "take the trap out of the start-up files of `\(evidence.login)`"
                )
            )
        }
        if let performance = evidence.loginShell?.performance {
            let start = performance.milliseconds[.running] ?? performance.endMilliseconds
            let taken = performance.endMilliseconds - min(start, performance.endMilliseconds)
            if taken > Self.slowStartMilliseconds {
                findings.append(
                    .warning(
                        "start-up",
                        "the login shell needs \(EntranceFindings.seconds(taken)) s for nothing",
                        "every command waits for the start-up files of `\(evidence.login)`: make "
                            + "them shorter, or give it a shell that reads none (/bin/dash)"
                    )
                )
            }
        }
        if let mismatch = familyMismatch { findings.append(mismatch) }
        return findings.isEmpty ? [.ok("start-up", "no start-up file is noticed")] : findings
    }

    private var isExecShadowed: Bool {
        switch loginShell?.exec {
        case .shadowed: true
        case .builtin, .unknown, nil: false
        }
    }

    /// Three ways to see it: the shell says so, the shell is still there, something else started us.
    private var exec: [Diagnosis] {
        let remedy =
            "take it out of the start-up files of `\(evidence.login)` (.bashrc, .zshenv, .cshrc), or "
            + "give it a shell that reads none: `usermod -s /bin/dash \(evidence.login)`"
        switch loginShell?.exec {
        case .shadowed(let words):
            return [
                .error(
                    "exec",
                    "`exec` is not the shell's own: \(Self.shown(Array(words.utf8))); whatever that "
                        + "is sees, and may change, every command",
                    remedy
                )
            ]
        case .builtin, .unknown, nil: break
        }
        guard let session, let parent = session["parent"], !parent.isEmpty else { return [] }
        if LoginShellFamily(program: parent) != nil {
            return [
                .error(
                    "exec",
                    "the login shell (`\(PrintableText.escaped(parent))`) is still there while a "
                        + "command runs, so `exec` did something else",
                    remedy
                )
            ]
        }
        guard parent.hasPrefix("sshd") || parent == "dropbear" else {
            return [
                .warning(
                    "exec",
                    "commands are started by `\(PrintableText.escaped(parent))`, and not by sshd",
                    "find out what stands between: it sees every command"
                )
            ]
        }
        return [.ok("exec", "the login shell makes way for the command")]
    }

    private var familyMismatch: Diagnosis? {
        let shell = session?["shell"] ?? loginShell?.environment["SHELL"] ?? ""
        let program = shell.split(separator: "/").last.map(String.init) ?? ""
        let configured = evidence.target.loginShell
        guard let family = LoginShellFamily(program: program), family != configured else {
            return nil
        }
        return .error(
            "login-shell",
            "`\(PrintableText.escaped(shell))` is of the family `\(family.rawValue)`, and the "
                + "inventory says `\(configured.rawValue)`",
            "set `login-shell: \(family.rawValue)` for the target: quotes mean something else there"
        )
    }

    // MARK: The environment

    private var environment: [Diagnosis] {
        let known = loginShell?.environment ?? [:]
        var findings: [Diagnosis] = []
        for name in ["BASH_ENV", "ENV"] {
            guard let value = known[name], !value.isEmpty else { continue }
            findings.append(
                .warning(
                    "environment",
                    "`\(name)` is \(Self.shown(Array(value.utf8))): shells run that file; what the "
                        + "bastion starts does not, and what that starts may",
                    "PermitUserEnvironment no, and no such variable in PAM, SetEnv or start-up files"
                )
            )
        }
        if let value = session?["bash-env"], !value.isEmpty {
            findings.append(
                .error(
                    "environment",
                    "BASH_ENV or ENV reaches commands: \(Self.shown(Array(value.utf8)))",
                    "/usr/bin/env of the target does not take variables out: is it the real one?"
                )
            )
        }
        let preloads = known.filter { $0.key.hasPrefix("LD_") && !$0.value.isEmpty }
        let inherited = session?["preload"] ?? ""
        if !preloads.isEmpty || !inherited.isEmpty {
            let names =
                preloads.isEmpty ? "LD_PRELOAD" : preloads.keys.sorted().joined(separator: ", ")
            findings.append(
                .error(
                    "environment",
                    "\(names) puts code into every program: "
                        + Self.shown(Array((preloads.values.first ?? inherited).utf8)),
                    "PermitUserEnvironment no, and no such variable in PAM, SetEnv or start-up files"
                )
            )
        }
        guard findings.isEmpty, loginShell != nil else { return findings }
        return [.ok("environment", "nothing in it runs code")]
    }
}

extension LoginShellFamily {
    /// The family of a shell by the name of its program; nil for what is no shell that is known.
    init?(program: String) {
        switch program {
        case "csh", "tcsh", "bsd-csh": self = .csh
        case "fish": self = .fish
        case "sh", "dash", "bash", "rbash", "ash", "busybox", "ksh", "ksh93", "ksh2020", "rksh",
            "mksh", "lksh", "zsh", "zsh5", "yash", "oksh":
            self = .posix
        default: return nil
        }
    }
}
