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
        guard let builder = Self.builder(program, call.arguments) else { return }
        if builder != "cmake" {
            noteEnvironment(of: builder, program, state, frame, at: call.range)
        }
        for argument in call.arguments.dropFirst() {
            guard case .one(let text) = argument else { continue }
            guard let setting = text.buildSetting else {
                // `NAME!=COMMAND` is what the command prints.
                if let name = text.commandedSetting {
                    noteCode(in: name, program, frame, at: call.range)
                }
                continue
            }
            let (name, value) = setting
            if builder != "cmake", builder != "configure", name == "SHELL" {
                noteCode(in: name, program, frame, at: call.range)
            }
            // To `cmake` a semicolon divides words, and nothing else runs anything.
            let isOfCMake = builder == "cmake" && name.utf8.starts(with: "CMAKE_".utf8)
            if builder != "cmake", value.hasCode(of: builder) {
                noteCode(in: name, program, frame, at: call.range)
            }
            if builder == "configure", name == "SHELL" || name == "CONFIG_SHELL" {
                if value.literal.map(Self.shells.contains) != true {
                    noteCode(in: name, program, frame, at: call.range)
                }
                continue
            }
            for pattern in knowledge.variables(named: name) where pattern.value == .shell {
                guard pattern.isRead(by: isOfCMake ? "cmake" : "make"), !pattern.isHarmless(value)
                else { continue }
                let words = isOfCMake ? value.replacing(";", with: " ") : value
                guard let command = pattern.command(in: words) else {
                    if value.isChosen { noteCode(in: name, program, frame, at: call.range) }
                    continue
                }
                let count = actions.count
                try run(command, state, frame, at: call.range)
                keepActions(from: count) { !$0.isOfCompiler(in: state.directories) }
            }
        }
    }

    /// Notes code in what the build finds in its environment, which is to it as a file of rules is.
    private mutating func noteEnvironment(
        of builder: ShellText,
        _ program: ShellText,
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) {
        for (name, variable) in state.variables where variable.isExported {
            guard case .scalar(let texts) = variable.value,
                texts.contains(where: { $0.hasCode(of: builder) })
            else { continue }
            noteCode(in: name, program, frame, at: range)
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

    /// As what a program is told settings; nil for nearly all, to which the last letter says it.
    private static func builder(_ program: ShellText, _ arguments: [Argument]) -> ShellText? {
        switch program.utf8.last {
        case UInt8(ascii: "e"): return builders.contains(program) ? program : nil
        case UInt8(ascii: "h"):
            if program == "autogen.sh" { return "configure" }
            guard shells.contains(program) else { return nil }
            let script = arguments.dropFirst().first { $0.literal?.utf8.first != 0x2D }?.literal
            let isConfiguring =
                script == "configure"
                || script?.utf8.suffix(10).elementsEqual("/configure".utf8) == true
            return isConfiguring ? "configure" : nil
        default: return nil
        }
    }

    private static let builders: NameSet = ["make", "gmake", "bmake", "configure", "cmake"]
    private static let shells: NameSet = [
        "sh", "bash", "dash", "ksh", "/bin/sh", "/bin/bash", "/bin/dash", "/bin/ksh",
        "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/dash", "/usr/bin/env bash",
    ]
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

extension VariablePattern {
    fileprivate func isRead(by program: ShellText) -> Bool {
        programs?.contains(program) != false
    }
}

extension AbstractText {
    /// `NAME=VALUE`, or `-DNAME:TYPE=VALUE` of `cmake`.
    fileprivate var buildSetting: (name: ShellText, value: AbstractText)? {
        let bytes = knownPrefix.utf8
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let count = bytes.distance(from: bytes.startIndex, to: mark)
        let start = bytes.starts(with: "-D".utf8) ? 2 : 0
        let name = ShellText(
            Array(bytes.prefix(count).dropFirst(start).prefix { $0 != UInt8(ascii: ":") })
        )
        return name.isName ? (name, dropping(count + 1)) : nil
    }

    /// The name in `NAME!=COMMAND`.
    fileprivate var commandedSetting: ShellText? {
        let bytes = knownPrefix.utf8
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "!")),
            bytes[bytes.index(after: mark)...].first == UInt8(ascii: "=")
        else { return nil }
        let name = ShellText(Array(bytes[..<mark]))
        return name.isName ? name : nil
    }

    /// Whether a file or whoever types has said what the value is, and not the host.
    ///
    /// Where a program is found, the host says.
    fileprivate var isChosen: Bool {
        pieces.contains { piece in
            guard case .unknown(let unknown) = piece, unknown.shape == .text else { return false }
            return switch unknown.origin {
            case .variable, .input, .file, .output, .connection, .processes: true
            case .environment, .program, .link, .behindLink, .names, .addedOperands, .ownProcess,
                .notComputed:
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
            // A compiler runs and loads what these options say.
            if ["-wrapper", "-fplugin", "-specs"].contains(where: bytes.holds) { return true }
            // To `make` most of these are its own variables.
            if program == "configure" { return bytes.holds("$(") }
            return ["shell", "eval", "file"].contains { word in
                bytes.holds("$(" + word) || bytes.holds("${" + word)
            }
        }
    }
}

extension Interpreter {
    /// Whether the line has brought from elsewhere what is built.
    func isBrought(_ work: borrowing Performance, _ state: ShellState) -> Bool {
        if sources.brought.isEmpty { return false }
        var place = state
        place.directories = work.startDirectories
        let named = work.values.map(\.value) + work.parsed.operands.map(\.text)
        return sources.brought.mayHave(
            state.directories + named.filter { $0.hasLiteralStart }.flatMap { paths(of: $0, place) }
        )
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
    /// Whether it begins as a path may that the line tells: what is not known is asked for elsewhere.
    fileprivate var hasLiteralStart: Bool {
        switch pieces.first {
        case .text, .directory: true
        case .unknown, .wildcard, nil: false
        }
    }

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
