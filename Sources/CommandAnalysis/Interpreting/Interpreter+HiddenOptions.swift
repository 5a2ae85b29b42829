import ShellSyntax

// Built-ins that run what an option or an operand of theirs says: text that nobody knows may be one.

extension Interpreter {
    /// Whether a built-in may find a command in arguments that are not known.
    func mayRunText(_ name: ShellText, _ arguments: ArraySlice<Argument>) -> Bool {
        switch name {
        // `trap $x`: a command and a signal.
        case "trap":
            let first = arguments.first { $0.literal != "--" }
            if case .any(let unknown)? = first { return !unknown.isOfEnvironment }
            return false
        // `-x reboot`
        case "jobs": return arguments.contains { $0.literal == nil && !$0.cannotBeOption }
        // `-va[$(reboot)]`
        case "printf": return arguments.first?.mayName == true
        // `-v a[$(reboot)]`
        case "test", "[":
            var isBehindUnknown = false
            for argument in arguments {
                if case .any(let unknown) = argument, unknown.shape == .text,
                    !unknown.isOfEnvironment
                {
                    return true
                }
                let mayBe = argument.literal == nil && !argument.cannotBeOption
                if mayBe && isBehindUnknown { return true }
                isBehindUnknown = mayBe
            }
            return false
        default: return false
        }
    }
}

extension Argument {
    /// Whether no value of it begins with a dash.
    fileprivate var cannotBeOption: Bool {
        switch self {
        case .one(let text): text.isNoOption || text.hasWildcard && !text.hasUnknown
        case .any(let unknown): AbstractText(unknown).isNoOption
        }
    }

    /// Whether it may be the option `-v` with the name of a variable, whose subscript is computed.
    fileprivate var mayName: Bool {
        guard literal == nil, !cannotBeOption else { return false }
        guard case .one(let text) = self, case .text(let end) = text.pieces.last else {
            return true
        }
        // No name ends so.
        guard let last = end.utf8.last else { return true }
        return last == UInt8(ascii: "]") || ShellText([UInt8(ascii: "_"), last]).isName
    }
}
