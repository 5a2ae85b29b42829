/// A whole text as its complete commands, read as a shell that runs them one after another would.
///
/// Nothing runs here, but `shopt -s extglob`, `set -o posix`, `alias name=value` and their kind,
/// spelled without expansions, are followed: they hold from the next complete command on. What
/// stands in a branch or a function is not followed: it makes `hasCertainSettings` false. Whoever
/// knows what runs calls `Parser.next` with the options that hold.
public struct Program: Hashable, Sendable {
    public let commands: [CommandList]
    /// Why parts of the text cannot be read; the first `ParserLimits.errors` of them.
    public let errors: [SyntaxError]
    /// What is open at the end.
    public let incomplete: Incomplete?
    /// Whether the options and aliases under which all of it was read are those of a shell that
    /// runs it, as far as its commands are of those that `ShellSettings` knows.
    public let hasCertainSettings: Bool

    public enum Status: String, Hashable, Sendable {
        case accepted, rejected, incomplete
    }

    public var status: Status {
        errors.isEmpty ? incomplete == nil ? .accepted : .incomplete : .rejected
    }

    /// - Parameters:
    ///   - text: The text.
    ///   - dialect: The shell whose language it is.
    ///   - isFinal: Whether no text can follow. bash and dash then take a here-document without its
    ///     end and a last backslash; an editor that can ask for more does not want them taken.
    ///   - options: What the shell starts with, where it is not the dialect's own.
    ///   - limits: What is too much.
    public init(
        _ text: some Collection<UInt8>,
        dialect: Dialect,
        isFinal: Bool = true,
        options: ShellOptions? = nil,
        limits: ParserLimits = ParserLimits()
    ) {
        var parser = Parser(text, dialect: dialect, isFinal: isFinal, limits: limits)
        var settings = ShellSettings(dialect, options: options)
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
        hasCertainSettings = settings.areCertain
    }
}
