import ShellSyntax

// Built-ins that run a text where one of their options says so.

extension Interpreter {
    /// `compgen -C TEXT`, `bind -x`, `fc -s`: some of their options run text.
    mutating func mayRunText(
        _ name: ShellText,
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let isHarmless: Bool =
            switch name {
            case "history":
                arguments.allSatisfy {
                    $0.literal?.utf8.first != UInt8(ascii: "-") && $0.literal != nil
                }
            case "fc": BuiltinArguments(arguments, valued: "e").isListing
            case "bind":
                arguments.allSatisfy {
                    ["-l", "-p", "-P", "-v", "-V", "-s", "-S"].contains($0.literal)
                }
            default:
                arguments.first.map { ["-c", "-b", "-k", "-v", "-a", "-A"].contains($0.literal) }
                    ?? true
            }
        if isHarmless { return }
        if name == "history" {
            emit(.auditTamper, frame, program: name, at: call.range)
            return
        }
        for argument in arguments {
            try expandAgain(argument.text, &state, frame, at: call.range)
        }
        emit(.commandDynamic, frame, program: name, at: call.range)
    }
}
