import ShellSyntax

// What a build is told on its command line: `make CC=clang`, `./configure CC=clang`.

extension Interpreter {
    /// Runs what the variables say that a build will run, and notes code that stands in them.
    ///
    /// A compiler is no news to a build, whatever it is called; a shell is.
    mutating func setForBuild(
        _ call: Call,
        _ program: ShellText,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard program.utf8.last == UInt8(ascii: "e"), Self.builders.contains(program) else {
            return
        }
        for argument in call.arguments.dropFirst() {
            guard case .one(let text) = argument, let name = text.knownPrefix.variableName,
                text.knownPrefix.utf8.dropFirst(name.utf8.count).first == UInt8(ascii: "=")
            else { continue }
            let value = text.dropping(name.utf8.count + 1)
            if value.hasCode(of: program) { noteCode(in: name, program, frame, at: call.range) }
            for pattern in knowledge.variables(named: name) where pattern.value == .shell {
                guard pattern.programs?.contains("make") != false, !pattern.isHarmless(value)
                else { continue }
                guard let command = pattern.command(in: value) else {
                    if value.isChosen { noteCode(in: name, program, frame, at: call.range) }
                    continue
                }
                let count = actions.count
                try run(command, state, frame, at: call.range)
                keepActions(from: count) { !$0.isOfCompiler(in: state.directories) }
            }
        }
    }

    private mutating func noteCode(
        in name: ShellText,
        _ program: ShellText,
        _ frame: Frame,
        at range: SourceRange
    ) {
        emit(
            .codeRun,
            frame,
            program: program,
            [.init(.variable, .texts([AbstractText(name)]))],
            certainty: .possible,
            at: range
        )
    }

    private static let builders: NameSet = ["make", "gmake", "bmake", "configure"]
}

extension ForeseenAction {
    /// Whether it is what every compiler does, known or not, where a build runs it.
    fileprivate func isOfCompiler(in directories: [AbstractPath]) -> Bool {
        switch action {
        case .fileRead, .projectBuild, .systemRead: true
        case .programUnknown: self[.path] == nil
        case .fileWrite: self[.path] == .paths(directories)
        default: false
        }
    }
}

extension AbstractText {
    /// Whether a file or whoever types has said what the value is, and not the host.
    fileprivate var isChosen: Bool {
        pieces.contains { piece in
            guard case .unknown(let unknown) = piece, unknown.shape == .text else { return false }
            return switch unknown.origin {
            case .variable, .input, .file: true
            case .environment, .output, .link, .behindLink, .names, .addedOperands, .processes,
                .ownProcess, .notComputed:
                false
            }
        }
    }

    /// Whether what reads the value, the build itself or a shell of it, finds a command in it.
    fileprivate func hasCode(of program: ShellText) -> Bool {
        pieces.contains { piece in
            guard case .text(let text) = piece else { return false }
            let bytes = Array(text.utf8)
            if bytes.contains(where: { ";|`\n".utf8.contains($0) }) || bytes.holds("&&") {
                return true
            }
            // To `make` most of these are its own variables.
            if program == "configure" { return bytes.holds("$(") }
            return ["shell", "eval", "file"].contains { word in
                bytes.holds("$(" + word) || bytes.holds("${" + word)
            }
        }
    }
}

extension Performance {
    /// Whether nobody can tell what is built, because a directory, a file of rules or a target is not
    /// known: `ninja -C ./$x`.
    var isBuildUnknown: Bool {
        parsed.values.contains { value in
            (value.type == .directory || value.tags.contains { Self.rules.contains($0) })
                && value.value.hasUnknownComponent
        }
            || ["make", "gmake", "bmake", "ninja", "rake", "cmake"].contains(program)
                && parsed.operands.contains { operand in
                    guard case .one(let text) = operand else { return false }
                    return text.hasUnknownComponent
                }
    }
}

extension Performance {
    /// Of options that say where the rules are.
    private static let rules: Set<Tag> = [Tag("makefile"), Tag("build"), Tag("source")]
}

extension AbstractText {
    /// Whether a part of the path is any text, and nothing is known of where that begins.
    fileprivate var hasUnknownComponent: Bool {
        var isStart = true
        for piece in pieces {
            switch piece {
            case .text(let text): isStart = text.utf8.last == UInt8(ascii: "/")
            case .unknown(let unknown):
                if isStart, unknown.shape == .text, unknown.origin != .names { return true }
                isStart = false
            case .wildcard: isStart = false
            case .directory: isStart = true
            }
        }
        return false
    }
}
