import ShellSyntax

/// Code in languages other than the shell's.
enum Languages {
    /// What code does, as far as its text tells.
    static func findings(
        in code: AbstractText,
        _ language: ValueType,
        program: ShellText,
        options: CodeOptions = .none
    ) -> CodeFindings {
        if let known = CodeLanguage(language, program) {
            let findings = CodeReading(code, in: known, options: options).findings
            if !code.isOdd(in: known) { return findings }
            return CodeFindings(effects: findings.effects, isComplete: false)
        }
        switch language {
        case .jq: return CodeFindings(effects: [], isComplete: true)
        case .sql:
            let client = SQLClient(program: program)
            return SQLScript.findings(in: code, engine: client?.engine ?? .generic, client: client)
        case .redis: return RedisCommands.findings(inLines: code)
        case .mongo: return MongoScript.findings(in: code)
        default: return .opaque
        }
    }
}

extension CodeLanguage {
    fileprivate init?(_ type: ValueType, _ program: ShellText) {
        switch type {
        case .sed: self = .sed
        case .awk: self = .awk
        case .python: self = .python
        case .perl: self = .perl
        case .ruby: self = .ruby
        case .node: self = .node
        case .php: self = .php
        case .lua: self = .lua
        case .editor:
            switch program {
            case "ed", "ex", "red": self = .ed
            case "emacs", "emacs-nox", "emacsclient": self = .lisp
            case "gdb", "cgdb", "lldb": self = .gdb
            default: self = .vim
            }
        default: return nil
        }
    }
}
