/// A whole text as its complete commands, read as a shell that runs them one after another would.
///
/// Nothing runs here, but `shopt -s extglob`, `set -o posix`, `alias name=value` and their kind, spelled
/// without expansions, are followed: they hold from the next complete command on. What stands
/// in a branch, a function or a substitution is not followed; whoever knows what runs calls
/// `Parser.next` with the options that hold.
package struct Program: Hashable, Sendable {
    package let commands: [CommandList]
    /// Why parts of the text cannot be read; the first `ParserLimits.errors` of them.
    package let errors: [SyntaxError]
    /// What is open at the end.
    package let incomplete: Incomplete?

    package enum Status: String, Hashable, Sendable {
        case accepted, rejected, incomplete
    }

    package var status: Status {
        errors.isEmpty ? incomplete == nil ? .accepted : .incomplete : .rejected
    }

    package init(
        _ text: some Collection<UInt8>,
        dialect: Dialect,
        isFinal: Bool = true,
        limits: ParserLimits = ParserLimits()
    ) {
        var parser = Parser(text, dialect: dialect, isFinal: isFinal, limits: limits)
        var settings = ShellSettings(dialect)
        var commands: [CommandList] = []
        var errors: [SyntaxError] = []
        var incomplete: Incomplete?
        reading: while errors.count < limits.errors {
            switch parser.next(options: settings.options, aliases: settings.aliases) {
            case .command(let list):
                settings.follow(list)
                commands.append(list)
            case .error(let error): errors.append(error)
            case .incomplete(let open):
                incomplete = open
                break reading
            case .end: break reading
            }
        }
        self.commands = commands
        self.errors = errors
        self.incomplete = incomplete
    }
}
