internal import ShellSyntax

// `{name}>file`: before bash 4.1 an argument and a redirection of standard output.

extension Interpreter {
    /// The argument vectors of a command, with those that it has to an older bash.
    mutating func foldArguments(
        of command: SimpleCommand,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[Argument]] {
        let descriptors = command.redirections.filter {
            reading(of: $0, state, frame)?.mayBeOlder == true
        }
        // An older bash looks for a program `{name}`, finds none and leaves.
        let opensOnly = command.words.count == 1 && command.words[0].parts.plainText == "exec"
        guard !descriptors.isEmpty, !opensOnly else {
            return try foldArguments(command.words, &state, frame)
        }
        let older = try foldArguments(of: command, with: descriptors, &state, frame)
        let isOlder = descriptors.allSatisfy { reading(of: $0, state, frame) == .older }
        return isOlder ? older : try foldArguments(command.words, &state, frame) + older
    }

    private mutating func foldArguments(
        of command: SimpleCommand,
        with descriptors: [Redirection],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[Argument]] {
        var vectors: [[Argument]] = [[]]
        var words = command.words[...]
        func add(_ choices: [[Argument]]) {
            vectors =
                vectors.count * choices.count <= AnalysisLimits.alternatives
                ? vectors.flatMap { vector in choices.map { vector + $0 } }
                : [[.any(UnknownText.notComputed)]]
        }
        for redirection in descriptors {
            guard case .variable(let name) = redirection.descriptor else { continue }
            let before = words.prefix(while: { $0.range.lowerBound < redirection.range.lowerBound })
            words = words.dropFirst(before.count)
            add(try foldArguments(Array(before), &state, frame))
            add([[.one(AbstractText(ShellText("{\(name)}")))]])
        }
        add(try foldArguments(Array(words), &state, frame))
        return vectors
    }

    /// What `{name}` of a redirection is; nil where there is none.
    func reading(
        of redirection: Redirection,
        _ state: ShellState,
        _ frame: Frame
    ) -> BashReading? {
        guard case .variable(let name) = redirection.descriptor else { return nil }
        let isElement = name.utf8.last == UInt8(ascii: "]")
        return reading(
            of: isElement ? .descriptorElement : .descriptorVariable,
            state,
            frame
        )
    }
}
